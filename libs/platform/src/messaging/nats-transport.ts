import { type BaseRpcContext, type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { EventConsumer } from '../events/event-consumer.js';
import type { EventRoute } from '../events/event-route.js';
import { transportId } from './handlers.js';
import type { RequestRoute, RequestServer } from './request-server.js';
import { eventOf, requestOf } from './wiring.js';

export interface TransportParts {
  readonly requests: RequestServer;
  /** Built when the handlers are known; a service without event handlers needs no consumer. */
  readonly consumerFor: (routes: ReadonlyMap<string, EventRoute>) => EventConsumer;
}

/** Connects Nest's handlers with the request server and the event consumer, and proves the wiring at start. */
export class NatsTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = transportId;
  override readonly propagatesEventHandlerErrors = true;
  private consumer: EventConsumer | undefined;

  constructor(private readonly parts: TransportParts) {
    super();
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ) {
    const name = this.normalizePattern(String(pattern));
    if (this.messageHandlers.has(name)) throw new Error(`"${name}" has two handlers`);
    if (isEventHandler) eventOf(name, extras);
    else requestOf(name, extras);
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  async listen(done: (error?: unknown) => void) {
    try {
      await this.parts.requests.listen(this.requestRoutes());
      const events = this.eventRoutes();
      if (events.size > 0) {
        this.consumer = this.parts.consumerFor(events);
        await this.consumer.start();
      }
      done();
    } catch (error) {
      done(error);
    }
  }

  /** Takes nothing new and waits for what runs. */
  async close() {
    await Promise.all([this.parts.requests.close(), this.consumer?.close()]);
  }

  /** Undefined when the service handles no event. */
  get isReadingEvents() {
    return this.consumer?.isReading;
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap(): never {
    throw new Error('inject the connection instead');
  }

  private requestRoutes(): RequestRoute[] {
    return [...this.messageHandlers]
      .filter(([, handler]) => !handler.isEventHandler)
      .map(([name, handler]) => ({ definition: requestOf(name, handler.extras), handle: this.settled(handler) }));
  }

  private eventRoutes() {
    const handlers = [...this.messageHandlers].filter(([, handler]) => handler.isEventHandler);
    const routes = handlers.map(([name, handler]): [string, EventRoute] => [
      name,
      { definition: eventOf(name, handler.extras), handle: this.settled(handler) },
    ]);
    return new Map(routes);
  }

  /** A handler that throws resolves to an Observable that errors: the outcome is known only after waiting for it. */
  private settled(handler: MessageHandler) {
    return async (body: unknown, context: object): Promise<unknown> => {
      const result: unknown = await handler(body, context satisfies object | BaseRpcContext);
      return lastValueFrom(this.transformToObservable<unknown>(Promise.resolve(result)), { defaultValue: undefined });
    };
  }
}
