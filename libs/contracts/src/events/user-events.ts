import { z } from 'zod';
import { defineEvent } from '../messaging/event.js';
import { Role } from '../messaging/principal.js';

const user = { userId: z.uuid() };
const byUser = (data: { userId: string }) => data.userId;

export const UserCreated = defineEvent('user.created.v1', z.object({ ...user, role: Role }), byUser);
/** Name, role or preferences changed. */
export const UserUpdated = defineEvent('user.updated.v1', z.object({ ...user, role: Role }), byUser);
/** May not sign in any more; open consoles close within 5 s. */
export const UserDisabled = defineEvent('user.disabled.v1', z.object(user), byUser);
export const UserDeleted = defineEvent('user.deleted.v1', z.object(user), byUser);
/** A browser session ended: signed out, password changed, or a refresh token was used twice. Without a family: all of them. */
export const UserSignedOut = defineEvent(
  'user.signedout.v1',
  z.object({ ...user, familyId: z.uuid().optional() }),
  byUser,
);

export const userEvents = [UserCreated, UserUpdated, UserDisabled, UserDeleted, UserSignedOut] as const;
