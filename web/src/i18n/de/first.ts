import type { FirstTexts } from '../en/first.js';
import { invitation, login } from './account.js';
import { app } from './app.js';
import { instructions } from './instructions.js';
import { consoles, workspace } from './workspace.js';

/** The German texts of the sign-in and of a learner's workspace. */
export const first: FirstTexts = { app, login, invitation, workspace, consoles, instructions };
