export { LabConfig } from './config.js';
export { labService } from './lab-service.js';
