import { ids, lab, user } from './sample-objects.js';

const at = '2026-03-02T08:20:00.000Z';
const text = (value: string) => [{ type: 'text', value }];
const paragraph = (value: string) => ({ type: 'paragraph', children: text(value) });
const definition = {
  id: 'ping',
  page: '01-reach',
  kind: 'check',
  title: 'Ping the server',
  points: 2,
  checks: ['ping-check-1'],
  hints: [{ id: 'ping-hint-1', cost: 1 }],
} as const;
const page = {
  slug: '01-reach',
  title: 'Reach the server',
  order: 1,
  durationS: 900,
  language: 'en',
  steps: [definition],
} as const;
const step = {
  id: 'ping',
  done: true,
  doneAt: at,
  points: 1,
  hints: [{ id: 'ping-hint-1', cost: 1, children: [paragraph('Names work inside the lab network.')] }],
  checks: [{ id: 'ping-check-1', passed: true, outcome: 'passed' }],
} as const;
const progress = { steps: 3, done: 1, points: 1, maxPoints: 4 } as const;
const changed = { step, progress } as const;
const situation = { userId: ids.user, canAct: true, states: [step], progress, answers: { colour: 'green' } } as const;
const ofSession = { sessionId: ids.session, labId: ids.lab, version: lab.version } as const;
const person = { userId: ids.user, displayName: user.displayName, startedAt: '2026-03-02T08:00:00.000Z', lastAt: at };

const doneStep = {
  id: 'ping',
  page: page.slug,
  kind: 'check',
  title: definition.title,
  done: true,
  doneAt: at,
  points: 1,
  maxPoints: 2,
  hints: 1,
  attempts: 3,
} as const;

export const instructionExamples = {
  getInstructions: { reply: { ...ofSession, languages: ['en'], language: 'en', pages: [page], ...situation } },
  getInstructionPage: {
    reply: {
      page: {
        ...page,
        nodes: [
          paragraph('Your server has the address 10.89.0.3.'),
          {
            type: 'step',
            id: 'ping',
            children: [{ type: 'check', id: 'ping-check-1', message: 'It does not answer.' }],
          },
        ],
        footnotes: [],
      },
      ...situation,
    },
  },
  tickStep: { body: { done: true }, reply: changed },
  runCheck: { body: { auto: false }, reply: { passed: true, checks: step.checks, ...changed } },
  answerQuiz: {
    body: { answer: 'b' },
    reply: { correct: false, attemptsLeft: 1, feedback: [paragraph('Look again.')], ...changed },
  },
  takeHint: { body: {}, reply: { hint: step.hints[0], cost: 1, ...changed } },
  reopenStep: { body: { userId: ids.user }, reply: changed },
  putAnswer: { body: { value: 'green' }, reply: {} },
  getSessionProgress: {
    reply: {
      ...ofSession,
      people: [
        {
          ...person,
          totals: progress,
          pages: [{ slug: page.slug, title: page.title, steps: 3, done: 1, points: 1 }],
          steps: [doneStep],
        },
      ],
    },
  },
  listProgress: {
    reply: {
      items: [
        {
          ...ofSession,
          phase: 'ready',
          ...person,
          totals: progress,
          current: { id: 'page', page: page.slug, title: 'Open its page' },
          steps: [doneStep],
        },
      ],
    },
  },
} as const;
