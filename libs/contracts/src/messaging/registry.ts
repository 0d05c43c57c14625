import { z } from 'zod';
import type { EventDefinition } from './event.js';
import type { RequestDefinition } from './request.js';

/** The list of messages of one contract, found by name. Two definitions with one name are refused. */
export function eventRegistry<const E extends readonly EventDefinition[]>(events: E) {
  const byType = uniqueBy(events, (event) => event.type);
  return { all: events, find: (type: string): EventDefinition | undefined => byType.get(type) };
}

export function requestRegistry<const R extends readonly RequestDefinition[]>(requests: R) {
  const bySubject = uniqueBy(requests, (request) => request.subject);
  return { all: requests, find: (subject: string): RequestDefinition | undefined => bySubject.get(subject) };
}

/** What a generator of AsyncAPI or a schema snapshot needs to know about a list of events. */
export function describeEvents(events: readonly EventDefinition[]) {
  return events.map(({ type, filter, data }) => ({
    type,
    address: filter,
    payload: z.toJSONSchema(data, { io: 'output' }),
  }));
}

export function describeRequests(requests: readonly RequestDefinition[]) {
  return requests.map(({ subject, request, reply }) => ({
    subject,
    request: z.toJSONSchema(request, { io: 'input' }),
    reply: z.toJSONSchema(reply, { io: 'output' }),
  }));
}

function uniqueBy<T>(items: readonly T[], name: (item: T) => string) {
  const byName = new Map<string, T>();
  for (const item of items) {
    if (byName.has(name(item))) throw new TypeError(`"${name(item)}" is defined twice`);
    byName.set(name(item), item);
  }
  return byName;
}
