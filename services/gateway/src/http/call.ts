import type { Principal, Route } from '@lab-orchestrator/contracts';
import { parseInput, UserError } from '@lab-orchestrator/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { callStateOf } from './call-state.js';

const multipart = 'multipart/form-data';

/** One request, as a controller gets it: parsed by the schemas of its route. Unknown fields are refused. */
export class Call<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  /** Missing on public routes only: elsewhere nobody gets this far without. */
  readonly principal: Principal | undefined;
  private readonly json: { readonly value: z.output<Body> } | undefined;

  /** Throws the 400 that names every wrong field. */
  constructor(
    route: Route<Params, Query, Body>,
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
  ) {
    this.principal = callStateOf(request)?.principal;
    this.params = parseInput(route.params, paramsOf(request));
    this.query = parseInput(route.query, request.query ?? {});
    if (!request.isMultipart()) this.json = { value: parseInput(route.body, request.body ?? {}) };
    else if (route.media?.request !== multipart) throw unsupportedMedia();
  }

  get body(): z.output<Body> {
    if (!this.json) throw unsupportedMedia();
    return this.json.value;
  }
}

export type CallOf<R extends Route> = Call<R['params'], R['query'], R['body']>;

/** The rest of a path has the name `*` in the router and `path` in the table. */
function paramsOf({ params }: FastifyRequest): unknown {
  if (typeof params !== 'object' || params === null || !('*' in params)) return params ?? {};
  const { '*': path, ...others } = params;
  return { ...others, path };
}

function unsupportedMedia() {
  return new UserError('unsupported_media_type', { status: 415, detail: 'This call takes application/json.' });
}
