import type { OtherTexts } from '../en/others.js';
import { catalog, sessions } from './catalog.js';
import { classProgress } from './class-progress.js';
import { authoring, images } from './content.js';
import { editor } from './editor.js';
import { profile } from './profile.js';
import { adminSessions, operation, people } from './staff.js';

/** The German texts of all other pages. */
export const others: OtherTexts = {
  profile,
  catalog,
  sessions,
  classProgress,
  people,
  authoring,
  editor,
  images,
  adminSessions,
  operation,
};
