import type { ImportLabFromGit } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { SourceFolder } from '../lab-source.js';

@Injectable()
export class GitSource {
  read(_git: z.output<typeof ImportLabFromGit>['git']): Promise<SourceFolder> {
    throw new Error('not yet');
  }
}
