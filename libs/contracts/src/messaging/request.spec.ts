import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeRequests, requestRegistry } from './registry.js';
import { defineRequest, ReplyEnvelope } from './request.js';

const Start = defineRequest('lab.sessions.start', {
  request: z.object({ a: z.int().default(1) }),
  reply: z.object({}),
});

describe('defineRequest', () => {
  it.each(['lab.sessions', 'Lab.sessions.start', 'lab.sessions.start.v1', 'lab.sessions.>'])(
    'refuses %j',
    (subject) => {
      expect(() => defineRequest(subject, { request: z.object({}), reply: z.object({}) })).toThrow(/is not <service>/);
    },
  );

  it('refuses two requests with one subject', () => {
    expect(() => requestRegistry([Start, Start])).toThrow('"lab.sessions.start" is defined twice');
  });

  it('describes what a caller sends: defaults are optional', () => {
    expect(describeRequests([Start])[0]?.request).not.toHaveProperty('required');
  });
});

describe('ReplyEnvelope', () => {
  it.each([{ value: 1 }, { value: null }, {}, { problem: { title: 't', status: 404, code: 'not_found' } }])(
    'accepts %j',
    (reply) => {
      expect(ReplyEnvelope.safeParse(reply).success).toBe(true);
    },
  );

  it.each([{ problem: { status: 404 } }, { value: 1, problem: {} }, 7, { other: 1 }])('refuses %j', (reply) => {
    expect(ReplyEnvelope.safeParse(reply).success).toBe(false);
  });
});
