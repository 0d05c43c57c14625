import type { Principal, ReplyInputOf, RequestDefinition } from '@lab-orchestrator/contracts';
import { Principal as PrincipalSchema, requestHeaders } from '@lab-orchestrator/contracts';
import { connect } from '@nats-io/transport-node';
import { z } from 'zod';

export interface Received {
  readonly subject: string;
  readonly body: unknown;
  readonly principal: Principal | undefined;
}

/** A peer at the edge: answers requests on the real broker, so that the gateway's own specs need no lab-service. */
export interface StandIn {
  readonly received: Received[];
  answer<R extends RequestDefinition>(definition: R, reply: ReplyInputOf<R>): void;
  /** Answers later, or differently each time. */
  answerWith<R extends RequestDefinition>(definition: R, reply: (body: unknown) => Promise<ReplyInputOf<R>>): void;
  /** Answers with a problem, as a service does that refuses. */
  refuse(definition: RequestDefinition, status: number, code: string): void;
  stop(): Promise<void>;
}

export async function standIn(natsUrl: string): Promise<StandIn> {
  const connection = await connect({ servers: natsUrl });
  const received: Received[] = [];
  const replies = new Map<string, (body: unknown) => Promise<unknown>>();
  const serve = (subject: string, reply: (body: unknown) => Promise<unknown>) => {
    if (!replies.has(subject)) {
      connection.subscribe(subject, {
        callback: (_error, message) => {
          const header = message.headers?.get(requestHeaders.principal);
          const principal = header ? PrincipalSchema.parse(JSON.parse(header)) : undefined;
          const body: unknown = message.data.length > 0 ? message.json() : undefined;
          received.push({ subject, body, principal });
          void replies
            .get(subject)?.(body)
            .then((envelope) => message.respond(JSON.stringify(envelope)));
        },
      });
    }
    replies.set(subject, reply);
  };
  return {
    received,
    answer: ({ subject }, reply) => serve(subject, async () => ({ value: reply })),
    answerWith: ({ subject }, reply) => serve(subject, async (body) => ({ value: await reply(body) })),
    refuse: ({ subject }, status, code) => serve(subject, async () => ({ problem: { title: code, status, code } })),
    stop: () => connection.close(),
  };
}

/** A path with something valid in every place. */
export function examplePath(path: string, params: z.ZodType): string {
  const values: Record<string, string> = {
    system: 'desk',
    scope: 'user',
    version: '1',
    path: 'img/a.png',
    imageId: 'debian',
    stepId: 'ping',
    page: '01-start',
    name: 'colour',
  };
  const filled = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => values[name] ?? '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11',
  );
  const found = Object.fromEntries(
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      values[name] ?? '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11',
    ]),
  );
  params.parse(found);
  return filled;
}
