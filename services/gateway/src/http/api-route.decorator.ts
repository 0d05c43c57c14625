import { apiPrefix, type Method, type Route, type RouteReplyOf, routes } from '@lab-orchestrator/contracts';
import {
  applyDecorators,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  SetMetadata,
  type StreamableFile,
} from '@nestjs/common';
import { Call, type CallOf } from './call.js';
import type { NamedRoute } from './call-state.js';

export const API_ROUTE = Symbol('api route');

const bindings: Record<Method, (path: string) => MethodDecorator> = {
  GET: (path) => Get(path),
  POST: (path) => Post(path),
  PUT: (path) => Put(path),
  PATCH: (path) => Patch(path),
  DELETE: (path) => Delete(path),
};

type Answer<R extends Route> = RouteReplyOf<R> | StreamableFile;
type Handler<R extends Route> = (call: CallOf<R>) => Answer<R> | Promise<Answer<R>>;

const ParsedCall = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const http = context.switchToHttp();
  return new Call(namedRouteOf(context).route, http.getRequest(), http.getResponse());
});

/** Binds a method to a route of the table. It gets the parsed call and returns what the route answers. */
export function ApiRoute<R extends Route, T extends Handler<R>>(route: R) {
  return (target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void => {
    const named: NamedRoute = { name: nameOf(route), route };
    const decorate = applyDecorators(
      bindings[route.method](`${apiPrefix}${fastifyPath(route.path)}`),
      HttpCode(route.status),
      SetMetadata(API_ROUTE, named),
    );
    decorate(target, key, descriptor);
    ParsedCall()(target, key, 0);
  };
}

/** The route a handler is bound to; undefined for what is not part of the API. */
export function findRoute(context: ExecutionContext): NamedRoute | undefined {
  const value: unknown = Reflect.getMetadata(API_ROUTE, context.getHandler());
  return isNamedRoute(value) ? value : undefined;
}

function namedRouteOf(context: ExecutionContext): NamedRoute {
  const found = findRoute(context);
  if (!found) throw new Error('only for handlers bound with @ApiRoute');
  return found;
}

/** `{id}` → `:id`; `{path}` at the end stands for the rest of the path. */
export function fastifyPath(path: string): string {
  return path.replace(/\{path\}$/, '*').replace(/\{(\w+)\}/g, ':$1');
}

function nameOf(route: Route): string {
  const entry = Object.entries(routes).find(([, candidate]) => candidate === route);
  if (!entry) throw new Error(`${route.method} ${route.path} is not in the table of routes`);
  return entry[0];
}

function isNamedRoute(value: unknown): value is NamedRoute {
  return typeof value === 'object' && value !== null && 'name' in value && 'route' in value;
}
