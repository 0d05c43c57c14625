import { parseConfig, runService } from '@lab-orchestrator/platform';
import { InstructionConfig } from './config.js';
import { instructionService } from './instruction-service.js';

await runService(() => instructionService(parseConfig(InstructionConfig, process.env)));
