import { apiPrefix, routes } from '@lab-orchestrator/contracts';
import { RequestMethod, type Type } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { GatewayModule } from '../gateway.module.js';
import { routerPath } from './route-index.js';

/** Nest's own metadata: what the router will be told about a controller's methods. */
function boundRoutes(controller: Type): string[] {
  const prefix = String(Reflect.getMetadata('path', controller)).replace(/^\/?/, '/').replace(/\/$/, '');
  const methods = Object.getOwnPropertyNames(controller.prototype).filter((name) => name !== 'constructor');
  return methods.flatMap((method) => {
    const handler: unknown = controller.prototype[method];
    const path: unknown = typeof handler === 'function' ? Reflect.getMetadata('path', handler) : undefined;
    if (typeof handler !== 'function' || path === undefined) return [];
    return `${RequestMethod[Reflect.getMetadata('method', handler)]} ${prefix}${String(path).replace(/^\/?/, '/')}`;
  });
}

const controllers: Type[] = Reflect.getMetadata('controllers', GatewayModule);
const bound = controllers.flatMap(boundRoutes);

describe('the routes of the gateway', () => {
  it('are the table of routes, no more and no less', () => {
    const expected = Object.values(routes).map((route) => `${route.method} ${routerPath(route)}`);
    expect(bound.filter((route) => route.includes(apiPrefix)).toSorted()).toEqual(expected.toSorted());
  });

  it('outside of the API are these', () => {
    expect(bound.filter((route) => !route.includes(apiPrefix)).toSorted()).toEqual([
      'GET /*',
      'GET /.well-known/jwks.json',
      'GET /api/docs',
      'GET /api/docs/style.css',
      'GET /api/openapi.json',
      'GET /health/live',
      'GET /health/ready',
    ]);
  });

  it('of the API are matched before the web app', () => {
    expect(bound.at(-1)).toBe('GET /*');
  });
});
