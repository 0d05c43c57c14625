import type { Method, Route, RouteReplyOf } from '@lab-orchestrator/contracts';
import {
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  type StreamableFile,
} from '@nestjs/common';
import { Call, type CallOf } from './call.js';
import { callStateOf } from './call-state.js';
import { routerPath } from './route-index.js';

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
  const state = callStateOf(http.getRequest());
  if (!state) throw new Error('the route is not in the table');
  return new Call(state.route, http.getRequest(), http.getResponse());
});

/** Binds a method to a route of the table. It gets the parsed call and returns what the route answers. */
export function ApiRoute<R extends Route, T extends Handler<R>>(route: R) {
  return (target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void => {
    bindings[route.method](routerPath(route))(target, key, descriptor);
    HttpCode(route.status)(target, key, descriptor);
    ParsedCall()(target, key, 0);
  };
}
