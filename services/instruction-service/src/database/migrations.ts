import type { Migration } from '@lab-orchestrator/platform';
import { instructionsMigration } from './0001-instructions.js';
import { progressMigration } from './0002-progress.js';

/** In the order in which they run; released ones never change. */
export const migrations: readonly Migration[] = [instructionsMigration, progressMigration];
