import { runService } from '@lab-orchestrator/platform';
import { authService } from './auth-service.js';
import { readConfig } from './config.js';

await runService(() => authService(readConfig()));
