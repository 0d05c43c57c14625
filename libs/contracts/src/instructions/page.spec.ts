import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PageBlock } from './blocks.js';
import { PageInline } from './inlines.js';

const text = { type: 'text', value: 'x' } as const;
const parses = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('the tree of a page', () => {
  it('nests blocks and inlines', () => {
    const strong: PageInline = { type: 'strong', children: [{ type: 'emphasis', children: [text] }] };
    const step: PageBlock = {
      type: 'step',
      id: 'ping',
      children: [{ type: 'list', ordered: false, items: [{ children: [{ type: 'paragraph', children: [strong] }] }] }],
    };
    expect(PageBlock.parse(step)).toEqual(step);
  });

  it.each<[string, unknown]>([
    ['an unknown node', { type: 'html', value: '<b>' }],
    ['an unknown field', { ...text, onclick: 'x' }],
    ['a script address', { type: 'link', url: 'javascript:alert(1)', children: [text] }],
    ['a data address', { type: 'link', url: 'data:text/html,x', children: [text] }],
    ['an address with a quote', { type: 'link', url: 'https://x/"onclick=', children: [text] }],
    ['a picture from the web', { type: 'picture', file: 'https://x/y.png', alt: '' }],
    ['a picture outside the folder', { type: 'picture', file: 'pages/../../y.png', alt: '' }],
    ['an unknown built-in variable', { type: 'variable', name: 'user.password' }],
    ['a bad node deep inside', { type: 'strong', children: [{ type: 'emphasis', children: [{ type: 'html' }] }] }],
  ])('does not hold %s', (_, node) => {
    expect(parses(PageInline, node)).toBe(false);
  });

  it.each(['user.name', 'flag', 'system.web-1.address'])('knows the variable %s', (name) => {
    expect(parses(PageInline, { type: 'variable', name })).toBe(true);
  });

  it('can be shown as a JSON schema', () => {
    expect(z.toJSONSchema(PageBlock)).toMatchObject({ oneOf: expect.any(Array) });
  });
});
