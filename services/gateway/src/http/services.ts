import type { RequestDefinition } from '@lab-orchestrator/contracts';
import { RequestClient } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Call } from './call.js';

/** A browser shows "please try again" after this time; a service that is only slow has answered by then. */
const defaultDeadlineMs = 10_000;

/** Asks the services on behalf of a call. */
@Injectable()
export class Services {
  constructor(private readonly requests: RequestClient) {}

  /** @param call whose principal goes along */
  ask<Request extends z.ZodType, Reply extends z.ZodType>(
    definition: RequestDefinition<string, Request, Reply>,
    request: z.input<Request>,
    { principal }: Pick<Call, 'principal'>,
    { deadlineMs = defaultDeadlineMs }: { deadlineMs?: number } = {},
  ): Promise<z.output<Reply>> {
    return this.requests.call(definition, request, { principal, deadlineMs });
  }
}
