import { later } from '../ui/later.js';

/** What opens by a click: the first view does without. */
export const EndDialog = later(async () => (await import('./end-dialog.js')).EndDialog);
export const KeysDialog = later(async () => (await import('./keys-dialog.js')).KeysDialog);
export const LogDialog = later(async () => (await import('./log-dialog.js')).LogDialog);
export const MembersDialog = later(async () => (await import('./members-dialog.js')).MembersDialog);
export const PauseDialog = later(async () => (await import('./pause-dialog.js')).PauseDialog);
export const RestartDialog = later(async () => (await import('./restart-dialog.js')).RestartDialog);
