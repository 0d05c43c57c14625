export { ConsoleConfig } from './config.js';
export { consoleService } from './console-service.js';
export { DataPlane } from './data-plane.js';
