import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../../port/runtime-error.js';
import { asRuntimeError, isConflict } from './engine-errors.js';
import { engineCandidates } from './find-engine.js';

describe('engineCandidates', () => {
  it.each([
    [{ LAB_ENGINE_URL: 'unix:///a', DOCKER_HOST: 'unix:///b' }, ['unix:///a']],
    [{ DOCKER_HOST: 'tcp://host:2375' }, ['tcp://host:2375']],
    [{}, ['unix:///var/run/docker.sock', 'unix:///run/podman/podman.sock']],
    [
      { XDG_RUNTIME_DIR: '/run/user/1' },
      ['unix:///var/run/docker.sock', 'unix:///run/podman/podman.sock', 'unix:///run/user/1/podman/podman.sock'],
    ],
  ])('%o', (environment, urls) => {
    expect(engineCandidates(environment)).toEqual(urls);
  });
});

describe('asRuntimeError', () => {
  const engineError = (message: string, extra: object) => Object.assign(new Error(message), extra);

  it.each([
    ['engine away', engineError('connect', { code: 'ECONNREFUSED' }), 'unreachable', true],
    ['engine restarted', engineError('socket hang up', {}), 'unreachable', true],
    ['disk full', engineError('write /x: no space left on device', { statusCode: 500 }), 'disk_full', true],
    ['gone', engineError('no such container', { statusCode: 404 }), 'not_found', false],
    ['bad request', engineError('bad parameter', { statusCode: 400 }), 'invalid_spec', false],
    ['server error', engineError('boom', { statusCode: 500 }), 'unreachable', true],
  ])('%s', (_case, error, code, retryable) => {
    expect(asRuntimeError(error, 'Doing')).toMatchObject({ code, retryable, cause: error });
  });

  it('leaves bugs and its own errors alone', () => {
    const bug = new TypeError('x is not a function');
    const own = new RuntimeError('not_found', 'gone', false);
    expect([asRuntimeError(bug, 'Doing'), asRuntimeError(own, 'Doing')]).toEqual([bug, own]);
  });

  it('knows a conflict from both engines', () => {
    expect(isConflict(engineError('Conflict', { statusCode: 409 }))).toBe(true);
    expect(isConflict(engineError('the container name "x" is already in use', { statusCode: 500 }))).toBe(true);
    expect(isConflict(engineError('boom', { statusCode: 500 }))).toBe(false);
  });
});
