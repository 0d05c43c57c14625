import { runService } from '@lab-orchestrator/platform';
import { readConfig } from './config.js';
import { gateway } from './gateway.js';

await runService(() => gateway(readConfig()));
