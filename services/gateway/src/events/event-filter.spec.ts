import { describe, expect, it } from 'vitest';
import { eventFilter } from './event-filter.js';

const session = '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11';
const event = (type: string, subject = session) => ({
  specversion: '1.0' as const,
  id: 'e1',
  source: 'spec',
  type,
  subject,
  time: '2026-01-01T00:00:00Z',
  datacontenttype: 'application/json' as const,
  data: {},
});

describe('eventFilter', () => {
  it.each([
    [{}, 'lab.requested.v1', true],
    [{ types: 'lab.requested.v1' }, 'lab.requested.v1', true],
    [{ types: 'lab.requested.v1' }, 'lab.requested.v2', false],
    [{ types: ' image.* , lab.ended.v1 ' }, 'image.failed.v1', true],
    [{ types: 'image.*,lab.ended.v1' }, 'lab.ended.v1', true],
    [{ types: 'image.*' }, 'lab.ended.v1', false],
    [{ types: '' }, 'lab.ended.v1', false],
    [{ sessionId: session }, 'lab.ended.v1', true],
    [{ sessionId: '00000000-0000-4000-8000-000000000000' }, 'lab.ended.v1', false],
    [{ sessionId: session }, 'user.updated.v1', false],
  ])('%j of %s: %s', (query, type, expected) => {
    expect(eventFilter(query)(event(type))).toBe(expected);
  });
});
