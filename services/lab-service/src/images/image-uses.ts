import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Which images the labs need: those that their newest versions name. */
@Injectable()
export class ImageUses {
  constructor(private readonly dataSource: DataSource) {}

  async count(names: readonly string[]): Promise<(name: string) => number> {
    const rows = await this.dataSource.query<Array<{ name: string; labs: number }>>(
      `SELECT used.name, count(DISTINCT lab.id)::int AS labs
       FROM labs lab
       JOIN lab_versions newest ON newest.lab_id = lab.id AND newest.version = lab.version
       CROSS JOIN LATERAL (
         SELECT image #>> '{}' AS name
         FROM jsonb_path_query(newest.resolved, '$.systems[*].image') AS image
         UNION
         SELECT image #>> '{}' FROM jsonb_path_query(newest.resolved, '$.systems[*].disks[*].image') AS image
       ) used
       WHERE lab.deleted_at IS NULL AND used.name = ANY ($1)
       GROUP BY used.name`,
      [names],
    );
    const counts = new Map(rows.map(({ name, labs }) => [name, labs]));
    return (name) => counts.get(name) ?? 0;
  }
}
