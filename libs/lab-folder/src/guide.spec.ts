import { readFileSync } from 'node:fs';
import { directiveTable } from '@lab-orchestrator/page-compiler';
import { describe, expect, it } from 'vitest';
import { checkFolder } from './check/check-folder.js';
import { directivesInGuide, filesInGuide } from './testing/guide.js';
import { filesOf } from './testing/sample-lab.js';

const guide = readFileSync(new URL('../../../docs/guides/write-a-lab.md', import.meta.url), 'utf8');
const lab = filesInGuide(guide);
const directives = directivesInGuide(guide);

describe('the guide to writing a lab', () => {
  it('makes a lab without a finding', () => {
    expect(Object.keys(lab)).toEqual(['lab.yaml', 'pages/en/01-find.md']);
    const { diagnostics, instructions } = checkFolder(filesOf(lab));
    expect(diagnostics).toEqual([]);
    expect(instructions?.steps.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['look tick', 'keep check', 'why quiz']);
  });

  it('has an example of every directive', () => {
    expect(directives.map(({ name }) => name).toSorted()).toEqual(Object.keys(directiveTable).toSorted());
  });

  const media = ['tab.webm', 'tab.vtt', 'tab.jpg', 'names.ogg', 'names.vtt'].map((name) => [`pages/en/${name}`, 'x']);
  const around: Record<string, (example: string) => string> = {
    step: (example) => `:::::step{#example title="Example"}\n${example}\n:::::`,
    quiz: (example) => `:::::quiz{#example title="Example"}\n- [x] this\n- [ ] that\n\n${example}\n:::::`,
  };
  const place: Record<string, string> = { tick: 'step', check: 'step', hint: 'step', feedback: 'quiz' };

  it.each(directives)('shows $name as it may be written', ({ name, example }) => {
    const page = around[place[name] ?? '']?.(example) ?? example;
    const files = { ...lab, ...Object.fromEntries(media), 'files/slides.pdf': 'x', 'pages/en/02-example.md': page };
    expect(checkFolder(filesOf(files)).diagnostics).toEqual([]);
  });
});
