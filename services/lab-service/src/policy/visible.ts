import type { Principal } from '@lab-orchestrator/contracts';

type Caller = Pick<Principal, 'userId' | 'role'>;
/** A condition of SQL; `:caller` stands for the caller's id. */
export const callerParameter = 'caller';

/** Which labs (alias `lab`) the caller may read: the SQL of the rules in `policy.ts`. */
export function visibleLabs({ role }: Caller): string {
  if (role === 'admin') return 'true';
  if (role === 'lecturer') return `(lab.visibility IN ('public', 'course') OR lab.owner_id = :caller)`;
  return `lab.visibility = 'public'`;
}

/** Which sessions (alias `session`, their lab as `lab`) the caller may read. */
export function visibleSessions({ role }: Caller): string {
  if (role === 'admin') return 'true';
  const linked = `session.owner_id = :caller OR EXISTS (
    SELECT 1 FROM session_members member WHERE member.session_id = session.id AND member.user_id = :caller)`;
  return role === 'lecturer' ? `(${linked} OR lab.owner_id = :caller)` : `(${linked})`;
}
