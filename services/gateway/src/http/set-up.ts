import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { UserError } from '@lab-orchestrator/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, RawServerDefault } from 'fastify';

/** Plugins and hooks of the public door, in the order in which a request meets them. */
export async function setUpHttp(app: NestFastifyApplication): Promise<void> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  await fastify.register(cookie);
  await fastify.register(multipart);
  acceptJsonOnly(app, fastify);
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
