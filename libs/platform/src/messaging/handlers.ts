import type { DataOf, EventDefinition, ReplyInputOf, RequestDefinition, RequestOf } from '@lab-orchestrator/contracts';
import { UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { RethrowFilter } from '../errors/rethrow.filter.js';
import type { ReceivedEvent } from '../events/received-event.js';
import type { RequestContext } from './request-context.js';

/** Handlers of this transport only; one bound to a plain Nest pattern stops the start. */
export const transportId = Symbol('lab-orchestrator.nats');

export interface RequestExtras {
  readonly request: RequestDefinition;
}
export interface EventExtras {
  readonly event: EventDefinition;
}

type Method<T> = (target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>) => void;

/**
 * Binds a controller method to a request. It gets the parsed request and its context, and returns the reply:
 * `@HandleRequest(StartSession) start(request: RequestOf<typeof StartSession>, context: RequestContext) { … }`
 */
export function HandleRequest<R extends RequestDefinition, T extends RequestHandler<R>>(request: R): Method<T> {
  const extras: RequestExtras = { request };
  return (target: object, key: string | symbol, descriptor: PropertyDescriptor) => {
    MessagePattern(request.subject, transportId, { ...extras })(target, key, descriptor);
    bind(target, key, descriptor);
  };
}

/**
 * Binds a controller method to an event. It may run more than once for the same event, and is retried when it throws:
 * `@HandleEvent(LabRequested) onRequested(data: LabRequested, event: ReceivedEvent) { … }`
 */
export function HandleEvent<E extends EventDefinition, T extends EventHandler<E>>(event: E): Method<T> {
  const extras: EventExtras = { event };
  return (target: object, key: string | symbol, descriptor: PropertyDescriptor) => {
    EventPattern(event.type, transportId, { ...extras })(target, key, descriptor);
    bind(target, key, descriptor);
  };
}

type RequestHandler<R extends RequestDefinition> = (
  request: RequestOf<R>,
  context: RequestContext,
) => ReplyInputOf<R> | Promise<ReplyInputOf<R>>;

type EventHandler<E extends EventDefinition> = (data: DataOf<E>, event: ReceivedEvent<E>) => unknown;

/** Without these Nest passes the body only, and hides what was thrown. */
function bind<T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>) {
  Payload()(target, key, 0);
  Ctx()(target, key, 1);
  UseFilters(RethrowFilter)(target, key, descriptor);
}
