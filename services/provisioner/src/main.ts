import { runService } from '@lab-orchestrator/platform';
import { readConfig } from './config.js';
import { provisioner } from './provisioner.js';

await runService(() => provisioner(readConfig()));
