import type { Texts } from '../en/index.js';
import { invitation, login, profile } from './account.js';
import { app } from './app.js';
import { catalog, sessions } from './catalog.js';
import { authoring, images } from './content.js';
import { editor } from './editor.js';
import { classProgress, instructions } from './instructions.js';
import { adminSessions, operation, people } from './staff.js';
import { consoles, workspace } from './workspace.js';

/** Every German text. */
export const de: Texts = {
  app,
  login,
  invitation,
  profile,
  catalog,
  sessions,
  workspace,
  consoles,
  instructions,
  classProgress,
  people,
  authoring,
  editor,
  images,
  adminSessions,
  operation,
};
