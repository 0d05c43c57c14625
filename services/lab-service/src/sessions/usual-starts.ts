import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { VersionKey } from '../labs/lab-versions.js';

const keptMs = 30_000;

/** How long the start of a lab version usually takes: the median of the last starts. */
@Injectable()
export class UsualStarts {
  private readonly kept = new Map<string, { seconds: number | undefined; until: number }>();

  constructor(private readonly dataSource: DataSource) {}

  async of(keys: readonly VersionKey[]): Promise<(key: VersionKey) => number | undefined> {
    for (const key of new Map(keys.map((each) => [name(each), each])).values()) await this.refresh(key);
    return (key) => this.kept.get(name(key))?.seconds;
  }

  private async refresh(key: VersionKey) {
    const kept = this.kept.get(name(key));
    if (kept && kept.until > performance.now()) return;
    const [row] = await this.dataSource.query<Array<{ seconds: number | null }>>(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ready_at - admitted_at))::double precision AS seconds
       FROM (SELECT ready_at, admitted_at FROM sessions
             WHERE lab_id = $1 AND lab_version = $2 AND ready_at IS NOT NULL AND admitted_at IS NOT NULL
             ORDER BY created_at DESC LIMIT 50) recent`,
      [key.labId, key.version],
    );
    if (this.kept.size > 1000) this.kept.clear();
    this.kept.set(name(key), { seconds: row?.seconds ?? undefined, until: performance.now() + keptMs });
  }
}

const name = ({ labId, version }: VersionKey) => `${labId}/${version}`;
