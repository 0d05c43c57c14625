import { invitation, login } from './account.js';
import { app } from './app.js';
import { instructions } from './instructions.js';
import { consoles, workspace } from './workspace.js';

/** The English texts of the sign-in and of a learner's workspace. */
export const first = { app, login, invitation, workspace, consoles, instructions };
export type FirstTexts = typeof first;
