import { apiPrefix, type Route, routes } from '@lab-orchestrator/contracts';
import type { FastifyRequest } from 'fastify';

/** A route of the table and the name it has there. */
export interface NamedRoute {
  readonly name: string;
  readonly route: Route;
}

/** `/a/{id}` → `/api/v1/a/:id`; `{path}` at the end stands for the rest of the path. */
export function routerPath({ path }: Pick<Route, 'path'>): string {
  return `${apiPrefix}${path.replace(/\{path\}$/, '*').replace(/\{(\w+)\}/g, ':$1')}`;
}

const byRouterPath = new Map<string, NamedRoute>(
  Object.entries<Route>(routes).map(([name, route]) => [`${route.method} ${routerPath(route)}`, { name, route }]),
);

/** The route of the table that the router has found; undefined for the web app, the reference and health. */
export function routeOf({ method, routeOptions }: Pick<FastifyRequest, 'method' | 'routeOptions'>) {
  return byRouterPath.get(`${method} ${routeOptions.url}`);
}
