import { describe, expect, it } from 'vitest';
import type { Pod } from '../client/kinds.js';
import { checkConsoleUser } from './console-user.js';

const pod = (podUser?: number, containerUser?: number): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: {
    securityContext: { runAsUser: podUser },
    containers: [{ name: 'main', securityContext: { runAsUser: containerUser } }],
  },
});

describe('checkConsoleUser', () => {
  it.each([
    ['nobody in particular', undefined, pod()],
    ['the ordinary user by name', 'lab', pod(1000)],
    ['the ordinary user by number', '1000', pod(1000)],
    ['with a group', '1000:1000', pod(undefined, 1000)],
    ["the container's rather than the pod's", '1001', pod(1000, 1001)],
    ['root where the container is root', '0', pod(0)],
    ['root by name where the container is root', 'root', pod(0)],
  ])('lets through: %s', (_, user, of) => {
    expect(() => checkConsoleUser(user, of, 'main')).not.toThrow();
  });

  it.each([
    ['root', 'root', pod(1000)],
    ['root by number', '0', pod(1000)],
    ['another user', '1001', pod(1000)],
    ['an ordinary user where the container is root', 'lab', pod(0)],
    ['somebody where nothing is known', 'lab', pod()],
    ['nonsense', '', pod(1000)],
  ])('refuses: %s', (_, user, of) => {
    expect(() => checkConsoleUser(user, of, 'main')).toThrow(expect.objectContaining({ code: 'invalid_spec' }));
  });
});
