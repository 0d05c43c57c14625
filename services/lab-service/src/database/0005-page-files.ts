import type { Migration } from '@lab-orchestrator/platform';

/** Whether the pages show a file. Unknown for versions from before: it is found when somebody asks. */
export const pageFilesMigration: Migration = {
  name: '0005-page-files',
  up: 'ALTER TABLE lab_files ADD COLUMN on_pages boolean;',
  down: 'ALTER TABLE lab_files DROP COLUMN on_pages;',
};
