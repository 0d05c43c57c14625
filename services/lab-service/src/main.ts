import { parseConfig, runService } from '@lab-orchestrator/platform';
import { LabConfig } from './config.js';
import { labService } from './lab-service.js';

await runService(() => labService(parseConfig(LabConfig, process.env)));
