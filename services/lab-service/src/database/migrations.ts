import type { Migration } from '@lab-orchestrator/platform';
import { labsMigration } from './0001-labs.js';
import { imagesMigration } from './0002-images.js';
import { sessionsMigration } from './0003-sessions.js';
import { pageFilesMigration } from './0005-page-files.js';
import { quotasMigration } from './0004-quotas.js';

/** In the order in which they run; released ones never change. */
export const migrations: readonly Migration[] = [
  labsMigration,
  imagesMigration,
  sessionsMigration,
  quotasMigration,
  pageFilesMigration,
];
