import type { ImportUsersRequest, ReplyInputOf, RequestOf } from '@lab-orchestrator/contracts';
import { Database } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvitationsService } from '../invitations/invitations.service.js';
import { parseUserCsv } from './user-csv.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';

type Result = ReplyInputOf<typeof ImportUsersRequest>;

/** Adds a class from CSV: all of it, or nothing while a line is wrong. People who exist stay as they are. */
@Injectable()
export class UserImportService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly invitations: InvitationsService,
  ) {}

  async import({ csv, dryRun }: RequestOf<typeof ImportUsersRequest>): Promise<Result> {
    const { people, errors } = parseUserCsv(csv);
    return this.database.transaction(async (tx) => {
      const existing = await tx.find(User, {
        select: { username: true },
        where: { username: In(people.map(({ person }) => person.username)) },
      });
      const known = new Set(existing.map(({ username }) => username));
      const fresh = people.filter(({ person }) => !known.has(person.username));
      const nothing = { unchanged: known.size, invitations: [], errors: [...errors] };
      if (errors.length > 0) return { ...nothing, created: 0 };
      if (dryRun) return { ...nothing, created: fresh.length };
      const invitations: Result['invitations'] = [];
      for (const { person } of fresh) {
        const user = await this.users.add(tx, person, null);
        const { url } = await this.invitations.create(tx, user.id);
        invitations.push({ username: user.username, url });
      }
      return { ...nothing, created: fresh.length, invitations };
    });
  }
}
