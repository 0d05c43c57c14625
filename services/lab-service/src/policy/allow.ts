import type { Principal } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { subject } from '@casl/ability';
import {
  type ImageAction,
  type ImageFacts,
  type LabAction,
  type LabFacts,
  policyFor,
  type QuotaAction,
  type SessionAction,
  type SessionFacts,
} from './policy.js';

type Caller = Pick<Principal, 'userId' | 'role'>;

/** Foreign things do not exist: the same answer as for an id that nobody has. */
export const notFound = (what: 'lab' | 'session' | 'image' | 'file' | 'system' | 'member') =>
  new UserError(`${what}_not_found`, { status: 404, detail: `There is no such ${what}.` });

const forbidden = (detail: string) => new UserError('forbidden', { status: 403, detail });

export const mayLab = (caller: Caller, action: LabAction, { ownerId, visibility }: LabFacts) =>
  policyFor(caller).can(action, subject('Lab', { ownerId, visibility }));

export const maySession = (caller: Caller, action: SessionAction, { ownerId, labOwnerId, memberRole }: SessionFacts) =>
  policyFor(caller).can(action, subject('Session', { ownerId, labOwnerId, memberRole }));

/** @throws 404 when the caller may not even see it, 403 when only this action is refused */
export function allowLab(caller: Caller, action: LabAction, lab: LabFacts) {
  if (!mayLab(caller, 'read', lab)) throw notFound('lab');
  if (!mayLab(caller, action, lab)) throw forbidden('Only the owner of this lab may do that.');
}

/** @throws 404 when the caller may not even see it, 403 when only this action is refused */
export function allowSession(caller: Caller, action: SessionAction, session: SessionFacts) {
  if (!maySession(caller, 'read', session)) throw notFound('session');
  if (!maySession(caller, action, session)) throw forbidden('You may see this session, but not do that with it.');
}

export function allowImport(caller: Caller) {
  if (!policyFor(caller).can('import', 'Lab')) throw forbidden('Only lecturers and admins may import labs.');
}

export function allowImage(caller: Caller, action: ImageAction, image?: ImageFacts) {
  const policy = policyFor(caller);
  if (!policy.can('read', 'Image')) throw forbidden('Only lecturers and admins see the image list.');
  const allowed = image
    ? policy.can(action, subject('Image', { ownerId: image.ownerId }))
    : policy.can(action, 'Image');
  if (!allowed) throw forbidden('Only the one who added this image, or an admin, may do that.');
}

export function allowQuota(caller: Caller, action: QuotaAction) {
  if (!policyFor(caller).can(action, 'Quota')) throw forbidden('Only admins may see and set quotas.');
}
