import type { ServerResponse } from 'node:http';
import type { Pod } from '../client/kinds.js';
import { label } from '../labels.js';

/** A pod of session `s1`, as a stand-in for the API server tells of it. */
export function pod(name: string, version: number, change: object = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'ns',
      uid: `uid-${name}`,
      resourceVersion: String(version),
      labels: { [label.session]: 's1' },
    },
    ...change,
  };
}

/** One page of a list; `next` names the one that follows. */
export function list(items: Pod[], version: number, next?: string) {
  return { kind: 'PodList', metadata: { resourceVersion: String(version), continue: next }, items };
}

/** A line of a watch. */
export function event(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`;
}

/** Begins the answer to a watch. */
export function stream(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'application/json' });
}
