import { InstructionPage } from '@lab-orchestrator/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileOne } from '../testing/compile.fixture.js';
import { hostileValue } from '../testing/hostile-value.fixture.js';
import { unsafePart } from '../testing/tree-walk.fixture.js';
import { substituteText } from './substitute-text.js';

const markdown = `# {{ greeting }}

Take {{ flag }}, **{{ flag }}** and \`x {{ flag }}\`[^1].

| {{ flag }} |
|---|
| {{ flag }} |

- :system[to {{ flag }}]{name=attacker}

:::quiz{#q title=x}
- [x] {{ flag }}
- [ ] no
:::

::command{system=attacker run="echo {{ flag }}"}
::copy{text="<{{ flag }}>"}
::set{name=answer label="?"}

{{ answer }}

[^1]: {{ flag }}
`;
const { page } = compileOne(markdown);

describe('substituteText', () => {
  it('puts values in as text, once, and as one argument', () => {
    const { nodes, footnotes } = substituteText(page, { flag: "{{ greeting }} **'b'**", greeting: 'hi' });
    const text = JSON.stringify(nodes);
    expect(nodes[0]).toMatchObject({ id: 'greeting', children: [{ type: 'text', value: 'hi' }] });
    expect(nodes[1]).toMatchObject({
      children: [
        { type: 'text', value: "Take {{ greeting }} **'b'**, " },
        { type: 'strong', children: [{ value: "{{ greeting }} **'b'**" }] },
        { value: ' and ' },
        { type: 'inlineCode', children: [{ type: 'text', value: "x {{ greeting }} **'b'**" }] },
        { type: 'footnoteReference' },
        { value: '.' },
      ],
    });
    expect(text).toContain(JSON.stringify(String.raw`echo '{{ greeting }} **'\''b'\''**'`));
    expect(text).toContain(`<{{ greeting }} **'b'**>`);
    expect(JSON.stringify(footnotes)).toContain('greeting');
  });

  it('leaves a variable where there is no value, or none that can stand there', () => {
    const { nodes } = substituteText(page, { flag: 'a\u001b[201~b', greeting: 'hi' });
    const variable = (problem: string, name = 'flag') => expect.objectContaining({ type: 'variable', name, problem });
    expect(nodes).toContainEqual(
      expect.objectContaining({ type: 'command', run: expect.arrayContaining([variable('unsafe')]) }),
    );
    expect(nodes).toContainEqual(
      expect.objectContaining({ type: 'copy', text: expect.arrayContaining([variable('unsafe')]) }),
    );
    expect(nodes).toContainEqual({ type: 'paragraph', children: [variable('unset', 'answer')] });
  });

  it('makes valid trees of 10,000 hostile values, in which they are text', () => {
    fc.assert(
      fc.property(hostileValue, (value) => {
        const filled = substituteText(page, { flag: value, greeting: value, answer: value });
        expect(unsafePart(filled)).toBeUndefined();
        expect(filled.nodes.at(-1)).toEqual({ type: 'paragraph', children: [{ type: 'text', value }] });
      }),
      { numRuns: 10_000, seed: 5 },
    );
  }, 60_000);

  it('keeps to the schema', () => {
    for (const value of fc.sample(hostileValue, 200))
      expect(InstructionPage.safeParse(substituteText(page, { flag: value })).error?.issues).toBeUndefined();
  });
});
