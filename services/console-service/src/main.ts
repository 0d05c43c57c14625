import { runService } from '@lab-orchestrator/platform';
import { readConfig } from './config.js';
import { consoleService } from './console-service.js';

await runService(() => consoleService(readConfig()));
