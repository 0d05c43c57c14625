import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CloudEvent, defineEvent } from './event.js';

const LabRequested = defineEvent('lab.requested.v1', z.object({ sessionId: z.string() }), (data) => data.sessionId);

describe('defineEvent', () => {
  it('puts the key last in the subject, so that a filter can choose one session', () => {
    expect(LabRequested.subject({ sessionId: 'abc-1' })).toBe('events.lab.requested.v1.abc-1');
    expect(LabRequested.filter).toBe('events.lab.requested.v1.*');
  });

  it.each(['', 'a.b', '*', '>', 'a b', 'ä', 'x'.repeat(65)])('refuses the key %j', (sessionId) => {
    expect(() => LabRequested.subject({ sessionId })).toThrow(/does not fit a subject/);
  });

  it.each(['lab', 'lab.requested', 'lab.requested.v0', 'Lab.requested.v1', 'lab..v1', 'lab.*.v1'])(
    'refuses the type %j',
    (type) => {
      expect(() => defineEvent(type, z.object({}), () => 'k')).toThrow(/not of the form/);
    },
  );
});

describe('CloudEvent', () => {
  const event = {
    specversion: '1.0',
    id: 'e1',
    source: '/lab-service',
    type: 'lab.requested.v1',
    subject: 'abc',
    time: '2026-01-02T03:04:05.000Z',
    data: { sessionId: 'abc' },
  };

  it('accepts the envelope', () => {
    expect(CloudEvent.parse(event)).toEqual({ ...event, datacontenttype: 'application/json' });
  });

  it.each([{ specversion: '0.3' }, { id: '' }, { type: 'lab' }, { subject: 'a.b' }, { time: 'yesterday' }])(
    'refuses %j',
    (change) => {
      expect(CloudEvent.safeParse({ ...event, ...change }).success).toBe(false);
    },
  );
});
