import type { FindUnusedImages, RequestOf } from '@lab-orchestrator/contracts';
import { Database } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';

/** For so long an image rests before it is collected: a lab that goes may come back, and imports take time. */
export const restMs = 24 * 3_600_000;

/** A version of a lab that is there, or one that a session is made of, names the image. Labs name a reference by itself. */
const isNamed = `EXISTS (
  SELECT 1
  FROM lab_versions version
  JOIN labs lab ON lab.id = version.lab_id
  CROSS JOIN LATERAL (
    SELECT image #>> '{}' AS name FROM jsonb_path_query(version.resolved, '$.systems[*].image') AS image
    UNION ALL
    SELECT image #>> '{}' FROM jsonb_path_query(version.resolved, '$.systems[*].disks[*].image') AS image
  ) used
  WHERE used.name = CASE WHEN images.listed THEN images.name ELSE images.title END
    AND (lab.deleted_at IS NULL OR EXISTS (
      SELECT 1 FROM sessions session
      WHERE session.lab_id = version.lab_id AND session.lab_version = version.version AND session.phase <> 'ended'
    ))
)`;

/** Another image has its name now: what labs name is that one. */
const isReplaced = `images.listed AND EXISTS (
  SELECT 1 FROM images other
  WHERE other.listed AND other.removed_at IS NULL AND other.name = images.name AND other.id <> images.id
)`;

/**
 * Finds what the runtime may let go of. What stands on the list stays there until somebody removes it; references of
 * labs are on no list, so nobody else would ever remove them.
 */
@Injectable()
export class UnusedImages {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  find({ imageIds }: RequestOf<typeof FindUnusedImages>) {
    const now = this.clock.now();
    const rested = new Date(now.getTime() - restMs);
    return this.db.transaction(async (tx) => {
      await tx.query(
        `UPDATE images SET removed_at = $2, updated_at = $2
         WHERE id = ANY ($1) AND NOT listed AND removed_at IS NULL AND updated_at < $3 AND NOT ${isNamed}`,
        [imageIds, now, rested],
      );
      const rows = await tx.query<Array<{ id: string }>>(
        `SELECT id FROM images WHERE id = ANY ($1) AND removed_at < $2 AND (${isReplaced} OR NOT ${isNamed})`,
        [imageIds, rested],
      );
      return { imageIds: rows.map(({ id }) => id) };
    });
  }
}
