import { describe, expect, it } from 'vitest';
import { BaseConfig, DatabaseConfig, envFlag, envList, envSeconds } from './base-config.js';
import { ConfigError, parseConfig } from './parse-config.js';
import { z } from 'zod';

const Config = BaseConfig.extend({
  ...DatabaseConfig.shape,
  LAB_IDLE_S: envSeconds.default(60),
  LAB_FLAG: envFlag.default(false),
  LAB_LIST: envList.default(['a']),
});
const required = { LAB_NATS_URL: 'nats://127.0.0.1:4222', LAB_DATABASE_URL: 'postgres://lab:secret@db:5432/lab' };

describe('parseConfig', () => {
  it('applies defaults, also for empty variables', () => {
    expect(parseConfig(Config, { ...required, LAB_IDLE_S: '', LAB_LIST: undefined })).toMatchObject({
      NODE_ENV: 'development',
      LAB_NATS_REPLICAS: 1,
      LAB_IDLE_S: 60,
      LAB_FLAG: false,
      LAB_LIST: ['a'],
    });
  });

  it.each([
    [{ LAB_IDLE_S: '90' }, { LAB_IDLE_S: 90 }],
    [{ LAB_FLAG: 'false' }, { LAB_FLAG: false }],
    [{ LAB_FLAG: '1' }, { LAB_FLAG: true }],
    [{ LAB_LIST: 'a, b,,c ' }, { LAB_LIST: ['a', 'b', 'c'] }],
    [{ LAB_HEALTH_PORT: '0' }, { LAB_HEALTH_PORT: 0 }],
    [{ LAB_NATS_URL: 'nats://a:1,tls://b:2' }, { LAB_NATS_URL: 'nats://a:1,tls://b:2' }],
  ])('reads %j', (env, expected) => {
    expect(parseConfig(Config, { ...required, ...env })).toMatchObject(expected);
  });

  it.each([
    [{ LAB_IDLE_S: 'soon' }, /LAB_IDLE_S: .*expected number/],
    [{ LAB_IDLE_S: '-1' }, /LAB_IDLE_S: .*>0/],
    [{ LAB_DATABASE_URL: undefined }, /LAB_DATABASE_URL: is not set/],
    [{ LAB_DATABASE_URL: 'mysql://x' }, /LAB_DATABASE_URL/],
    [{ LAB_NATS_URL: 'nats://a,' }, /LAB_NATS_URL: must be one or more of nats:/],
    [{ LAB_HEALTH_PORT: '70000' }, /LAB_HEALTH_PORT/],
    [{ LAB_LOG_LEVEL: 'loud' }, /LAB_LOG_LEVEL/],
    [{ LAB_FLAG: 'maybe' }, /LAB_FLAG/],
  ])('names the variable of %j', (env, message) => {
    expect(() => parseConfig(Config, { ...required, ...env })).toThrow(message);
    expect(() => parseConfig(Config, { ...required, ...env })).toThrow(ConfigError);
  });

  it('names every wrong variable at once, and shows no value: it may be a secret', () => {
    const Secret = z.object({ A: z.url(), B: z.int() });
    expect(() => parseConfig(Secret, { A: 'hunter2' })).toThrow(/A: Invalid URL\n {2}B: is not set$/);
    expect(() => parseConfig(Secret, { A: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
