export { authService } from './auth-service.js';
export { readConfig } from './config.js';
