import { type DynamicModule, type INestApplication, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { invalidRequest } from '../errors/field-errors.js';
import { ProblemFilter } from '../errors/problem.filter.js';
import { acceptCorrelationId, inContext } from '../logging/call-context.js';
import type { Metrics } from '../metrics/metrics.js';
import { openSpan } from '../telemetry/spans.js';
import type { ServiceHttp } from './service-definition.js';

/** A Nest application behind Fastify: problem+json, schema validation, correlation ids and measurements. */
export async function createHttpApplication(
  module: DynamicModule,
  http: ServiceHttp,
  metrics: Metrics,
): Promise<INestApplication> {
  // Loaded only here: services without HTTP do not carry a web server.
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const adapter = new FastifyAdapter({
    ...http.fastify,
    genReqId: (request: IncomingMessage) => acceptCorrelationId(headerOf(request.headers['x-request-id'])),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    abortOnError: false,
    bufferLogs: false,
  });
  followCalls(adapter.getInstance(), metrics);
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalidRequest }));
  await http.setUp?.(app);
  return app;
}

/** Everything a request causes runs in its call context and is measured under its route. */
function followCalls(fastify: FastifyInstance, metrics: Metrics) {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    const route = request.routeOptions.url ?? 'unknown';
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const parent = headerOf(request.headers['traceparent']);
    inContext({ correlationId: request.id }, () =>
      openSpan({ name: `${request.method} ${route}`, kind: 'server', attributes, parent }, (span) => {
        reply.raw.once('close', () => span.setAttribute('http.response.status_code', reply.statusCode).end());
        done();
      }),
    );
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.httpDone(request.method, route, reply.statusCode, reply.elapsedTime);
    done();
  });
}

const headerOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
