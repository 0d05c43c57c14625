import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { CONFIG, UserError } from '@lab-orchestrator/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, RawServerDefault } from 'fastify';
import { constants } from 'node:zlib';
import { AuditTrail } from '../audit/audit-trail.js';
import type { GatewayConfig } from '../config.js';
import { EventStreams } from '../events/event-streams.js';
import { callHooks } from './call-hooks.js';
import { finishAnswers } from './last-answers.js';
import { securityHeaders } from './security-headers.js';

/** Plugins and hooks of the public door, in the order in which a request meets them. */
export async function setUpHttp(app: NestFastifyApplication): Promise<void> {
  const config: GatewayConfig = app.get(CONFIG);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const { LAB_PUBLIC_URL: publicUrl, LAB_APPS_DOMAIN: appsDomain, LAB_CONSOLE_ORIGINS: consoleOrigins } = config;
  await fastify.register(helmet, securityHeaders({ publicUrl, appsDomain, consoleOrigins }));
  callHooks(fastify, app.get(AuditTrail));
  await fastify.register(cookie);
  await fastify.register(multipart);
  // Event streams are left alone by the plugin. Quality 4: the highest ones take seconds for a script.
  await fastify.register(compress, { brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } });
  await fastify.register(fastifyStatic, { serve: false, root: config.LAB_WEB_DIR, preCompressed: true });
  acceptJsonOnly(app, fastify);
  finishAnswers(fastify, () => app.get(EventStreams).end());
}

/** A form post from a foreign page is never read as if it were JSON; an empty JSON body is no body. */
function acceptJsonOnly(app: NestFastifyApplication, fastify: FastifyInstance) {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser<RawServerDefault>('application/json', {}, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, body.toString(), done);
  });
  app.useBodyParser('application/x-www-form-urlencoded', {}, (_request, _body, done) => done(unsupported()));
  fastify.removeContentTypeParser('text/plain');
}

function unsupported() {
  return new UserError('unsupported_media_type', { status: 415, detail: 'This call takes application/json.' });
}
