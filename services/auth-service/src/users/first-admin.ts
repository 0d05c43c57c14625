import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Database } from '@lab-orchestrator/platform';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';

/** An empty database gets its first administrator, so that nobody ever ships a known password. */
@Injectable()
export class FirstAdmin implements OnModuleInit {
  private readonly logger = new Logger('FirstAdmin');

  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly options: { password: string | undefined; passwordFile: string | undefined },
  ) {}

  async onModuleInit() {
    const { password = randomBytes(18).toString('base64url') } = this.options;
    const passwordHash = await this.hasher.hash(password);
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', ['auth first admin']);
      if ((await tx.count(User)) > 0) return;
      await this.users.add(tx, { username: 'admin', displayName: 'Administrator', role: 'admin' }, passwordHash);
      // Before the commit: an account whose password is written nowhere would lock everybody out.
      await this.tell(password);
    });
  }

  private async tell(password: string) {
    const { password: chosen, passwordFile } = this.options;
    if (chosen !== undefined) {
      this.logger.log('first administrator "admin" created with the password of the configuration');
    } else if (passwordFile) {
      await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
      this.logger.log({ passwordFile }, 'first administrator "admin" created; its password is in the file');
    } else {
      this.logger.warn(`first administrator "admin" created; its password, shown this once: ${password}`);
    }
  }
}
