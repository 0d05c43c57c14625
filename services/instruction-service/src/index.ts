export { InstructionConfig } from './config.js';
export { instructionService } from './instruction-service.js';
