import type { Instructions, PageBlock, Session, StepDefinition } from '@lab-orchestrator/contracts';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../i18n/en/index.js';
import { InstructionsProvider, type InstructionsValue } from '../instructions-context.js';
import type { ConsoleActions } from '../model/console-actions.js';
import { outlineOf } from '../model/progress.js';
import { Blocks } from './blocks.js';
import { AudioBlock, QuizBlock, SetField, typesIn, VideoBlock } from './rare-blocks.js';

const system = (name: string, state: 'ready' | 'starting'): Session['systems'][number] => ({
  name,
  title: name,
  kind: 'container',
  stage: 'ready',
  state,
  access: [{ name: 'shell', kind: 'terminal' }],
  hasCredentials: false,
});
const session: Session = {
  id: 's1',
  lab: { id: 'l1', version: 1, title: 'Lab', slug: 'lab' },
  ownerId: 'u1',
  ownerName: 'Owner',
  desired: 'running',
  phase: 'ready',
  systems: [system('attacker', 'ready'), system('server', 'starting')],
  createdAt: '2026-01-01T10:00:00.000Z',
  deadlineAt: '2026-01-01T12:00:00.000Z',
  extensionsLeft: 0,
  extendByS: 0,
  canPause: false,
  pauseLoses: [],
  generation: 1,
  role: 'owner',
};
const look: StepDefinition = {
  id: 'look',
  page: 'one',
  kind: 'tick',
  title: 'Look around',
  points: 1,
  checks: [],
  hints: [],
};
const instructions: Instructions = {
  sessionId: 's1',
  labId: 'l1',
  version: 1,
  languages: ['en'],
  language: 'en',
  pages: [{ slug: 'one', title: 'One', order: 1, language: 'en', steps: [look] }],
  userId: 'u1',
  canAct: true,
  states: [],
  progress: { steps: 1, done: 0, points: 0, maxPoints: 1 },
  answers: {},
};

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: en } } }));

beforeAll(() => Promise.all([AudioBlock, QuizBlock, SetField, VideoBlock].map((block) => block.fetch())));

function show(nodes: PageBlock[], change: Partial<InstructionsValue> = {}) {
  const typed: string[] = [];
  const ticked: string[] = [];
  const consoles: ConsoleActions = {
    show: () => Promise.resolve('done'),
    type: async (tab, text, enter) => {
      typed.push(`${tab}: ${text}${enter ? '⏎' : ''}`);
      return 'done';
    },
    give: () => Promise.resolve('done'),
  };
  const outline = outlineOf(instructions, []);
  const value: InstructionsValue = {
    session,
    instructions,
    language: 'en',
    outline,
    steps: new Map(outline.pages.flatMap(({ steps }) => steps).map((view) => [view.definition.id, view])),
    canAct: true,
    printed: false,
    consoles,
    go: () => undefined,
    tick: (stepId, done) => void ticked.push(`${stepId} ${done}`),
    announce: () => undefined,
    ...change,
  };
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <InstructionsProvider value={value}>
          <Blocks nodes={nodes} />
        </InstructionsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { container, typed, ticked };
}

const text = (value: string) => ({ type: 'text', value }) as const;
const command = (change: Partial<Extract<PageBlock, { type: 'command' }>> = {}): PageBlock => ({
  type: 'command',
  id: 'c1',
  system: 'attacker',
  access: 'shell',
  run: [text('ping -c3 server')],
  enter: true,
  ...change,
});

describe('texts of strangers', () => {
  it.each([
    '<script>document.title = "hit"</script>',
    '<img src=x onerror="document.title = \'hit\'">',
    '<svg onload=alert(1)>',
    '{{constructor.constructor("alert(1)")()}}',
  ])('%s is shown as it is written', (hostile) => {
    const { container } = show([
      { type: 'paragraph', children: [text(hostile), { type: 'inlineCode', children: [text(hostile)] }] },
      { type: 'heading', level: 2, id: 'h', children: [text(hostile)] },
      { type: 'code', children: [text(hostile)] },
      { type: 'knowledge', title: hostile, children: [] },
      { type: 'set', name: 'x', label: hostile, placeholder: hostile },
      { type: 'table', align: [null], header: [[text(hostile)]], rows: [[[text(hostile)]]] },
      command({ run: [text(hostile)], label: hostile }),
    ]);
    expect(container.querySelector('script, img, [onerror], [onload]')).toBeNull();
    expect(container.textContent).toContain(hostile);
    expect(document.title).not.toBe('hit');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', '//evil.example'])(
    'a link to %s is no link',
    (url) => {
      const { container } = show([{ type: 'paragraph', children: [{ type: 'link', url, children: [text('here')] }] }]);
      expect(container.querySelector('a')).toBeNull();
      expect(container.querySelector('p')?.textContent).toBe('here');
    },
  );

  it('a link outside opens a tab that learns nothing of this one', () => {
    show([{ type: 'paragraph', children: [{ type: 'link', url: 'https://example.org/', children: [text('here')] }] }]);
    const link = screen.getByRole('link', { name: /^here/ });
    expect([link.getAttribute('rel'), link.getAttribute('target')]).toEqual(['noopener noreferrer', '_blank']);
  });
});

describe('a command', () => {
  const button = () => screen.getByRole('button', { name: /^Type:/ });

  it('is typed once per click; with Shift without Return', async () => {
    const { typed } = show([command()]);
    expect(typed).toEqual([]);
    fireEvent.click(button());
    await waitFor(() => expect(button().getAttribute('aria-busy')).toBe('false'));
    fireEvent.click(button(), { shiftKey: true });
    await waitFor(() => expect(typed).toEqual(['attacker/shell: ping -c3 server⏎', 'attacker/shell: ping -c3 server']));
  });

  it('two clicks before the terminal took the first type once', async () => {
    const { typed } = show([command()]);
    fireEvent.click(button());
    fireEvent.click(button());
    await waitFor(() => expect(button().getAttribute('aria-busy')).toBe('false'));
    expect(typed).toHaveLength(1);
  });

  const value = (problem: 'unset' | 'unsafe') => ({ type: 'variable', name: 'count', problem }) as const;
  it.each<[string, Partial<Extract<PageBlock, { type: 'command' }>>, Partial<InstructionsValue>, RegExp]>([
    ['the system is not ready', { system: 'server' }, {}, /server · not ready yet/],
    ['there is no such system', { system: 'gone' }, {}, /gone · this system is not there/],
    ['a value is missing', { run: [text('ping -c '), value('unset')] }, {}, /“count” is not filled in yet/],
    [
      'a value would act on the terminal',
      { run: [text('ping -c '), value('unsafe')] },
      {},
      /“count” holds characters that a terminal would act on/,
    ],
    ['somebody only watches', {}, { canAct: false }, /you are watching/],
    ['the session has ended', {}, { session: { ...session, phase: 'ended' } }, /the session has ended/],
  ])('cannot be typed while %s, and says so', (_, change, situation, reason) => {
    const { typed } = show([command(change)], situation);
    fireEvent.click(button());
    expect(button().getAttribute('aria-disabled')).toBe('true');
    const described = document.getElementById(button().getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toMatch(reason);
    expect(typed).toEqual([]);
  });
});

describe('a step', () => {
  it('is ticked at the end when the author chose no place for it', () => {
    const { ticked } = show([{ type: 'step', id: 'look', children: [] }]);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Done: Look around' }));
    expect(ticked).toEqual(['look true']);
  });

  it('has one tick where the author put it', () => {
    show([{ type: 'step', id: 'look', children: [{ type: 'tick', label: 'I have seen it' }] }]);
    expect(screen.getAllByRole('checkbox').map((box) => box.getAttribute('aria-label'))).toEqual([
      'I have seen it: Look around',
    ]);
  });

  it('of somebody else cannot be ticked', () => {
    show([{ type: 'step', id: 'look', children: [] }], { canAct: false });
    expect(screen.getByRole<HTMLInputElement>('checkbox').disabled).toBe(true);
  });
});

describe('the rare blocks of a page', () => {
  it('are found however deep they stand', () => {
    const quiz: PageBlock = { type: 'quiz', id: 'q', kind: 'text', children: [] };
    const nodes: PageBlock[] = [
      { type: 'list', ordered: false, items: [{ children: [{ type: 'quote', children: [quiz] }] }] },
      { type: 'paragraph', children: [{ type: 'text', value: 'video' }] },
      { type: 'set', name: 'x', label: 'audio' },
    ];
    expect([...typesIn(nodes)].toSorted()).toEqual(['quiz', 'set']);
  });
});
