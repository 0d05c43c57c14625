import type { ImportLab, RequestOf } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import type { LabVersionEntity } from './lab-version.entity.js';

type Expected = RequestOf<typeof ImportLab>['expected'];

/**
 * Refuses an import that builds on something else than what is there. Repeating an import is no conflict: what it
 * wanted has come true.
 * @param newest of the lab that the import goes to
 * @throws 412 `version_conflict`
 */
export function refuseConflict(
  expected: Expected,
  newest: Pick<LabVersionEntity, 'digest' | 'version'> | undefined,
  { slug, digest }: { slug: string; digest: string },
) {
  if (expected?.absent && newest) throw conflict(`You have a lab "${slug}" already.`);
  if (expected?.digest === undefined || expected.digest === newest?.digest || digest === newest?.digest) return;
  throw conflict(
    newest
      ? `There is a newer version of this lab: ${newest.version}.`
      : `You have no lab "${slug}" that could get a new version.`,
  );
}

const conflict = (detail: string) => new UserError('version_conflict', { status: 412, detail });
