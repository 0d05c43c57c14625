import { builtinImages } from '@lab-orchestrator/contracts';
import { Database } from '@lab-orchestrator/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';

const described = {
  terminal: { title: 'Terminal: Debian with network tools', kind: 'container' },
  desktop: { title: 'Desktop: Debian with a graphical desktop', kind: 'container' },
  'small-vm': { title: 'Small virtual machine, boots in seconds', kind: 'disk' },
  'debian-vm': { title: 'Debian virtual machine', kind: 'disk' },
} as const satisfies Record<(typeof builtinImages)[number], { title: string; kind: 'container' | 'disk' }>;

/** Puts the images that come with the platform on the list. */
@Injectable()
export class BuiltinImages implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async onModuleInit() {
    await this.db.transaction(async (tx) => {
      for (const name of builtinImages) {
        const { title, kind } = described[name];
        await tx.query(
          `INSERT INTO images (id, name, title, kind, source, state, listed, created_at, updated_at)
           VALUES ($1, $1, $2, $3, $4, 'absent', true, $5, $5) ON CONFLICT DO NOTHING`,
          [name, title, kind, JSON.stringify({ kind: 'builtin', name }), this.clock.now()],
        );
      }
    });
  }
}
