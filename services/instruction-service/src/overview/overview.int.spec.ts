import {
  EndSession,
  ExportProgressRequest,
  GetSessionProgress,
  ListProgressRequest,
  type Principal,
  ReopenStepRequest,
  TickStepRequest,
} from '@lab-orchestrator/contracts';
import { person } from '@lab-orchestrator/lab-service/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AtWork, atWork, freshSystems } from '../testing/at-work.fixture.js';
import { type Instructions, startInstructions } from '../testing/instructions.fixture.js';
import { labWithPages } from '../testing/sample-pages.fixture.js';

let rig: Instructions;
let labId: string;
let sessionId: string;
let learner: Principal;
let me: AtWork;
const lecturer = person('lecturer', 'Grace');

beforeAll(async () => {
  rig = await startInstructions();
  labId = await rig.publish(lecturer);
});
afterAll(() => rig?.stop());
beforeEach(async () => {
  freshSystems(rig);
  learner = person('learner', 'Ada');
  sessionId = await rig.session(learner, labId);
  me = atWork(rig, learner, sessionId);
});

describe('the whole lab', () => {
  const finish = async () => {
    const flag = await me.flag();
    me.mark('marker-one');
    me.mark('marker-two');
    await me.fillIn('colour', 'green');
    await Promise.all([me.tick(true), me.check(), me.check('said'), me.answer('ttl', '2'), me.answer('flag', flag)]);
  };

  it('is completed once, and again after a step was opened again', async () => {
    await finish();
    const { progress } = await me.overview();
    expect(progress).toMatchObject({ steps: 5, done: 5, points: 9, maxPoints: 9, completedAt: expect.any(String) });
    const reopened = await rig.ask(ReopenStepRequest, { sessionId, stepId: 'ttl' }, lecturer);
    expect(reopened).toMatchObject({ step: { done: false, quiz: { attempts: 0 } }, progress: { done: 4, points: 8 } });
    expect(reopened.progress.completedAt).toBeUndefined();
    await me.answer('ttl', '2');
    const types = (await me.told(12)).map(([type]) => type);
    expect(types.filter((type) => type === 'instruction.completed.v1')).toHaveLength(2);
    expect(types.filter((type) => type === 'step.completed.v1')).toHaveLength(6);
    expect(types.filter((type) => type === 'step.reopened.v1')).toHaveLength(1);
  });

  it('is told per page and per step, also after the session', async () => {
    await finish();
    await rig.ask(EndSession, { sessionId }, learner);
    const { people } = await rig.ask(GetSessionProgress, { sessionId }, lecturer);
    expect(people).toMatchObject([
      {
        displayName: 'Ada',
        totals: { done: 5, points: 9 },
        pages: [
          { slug: '01-start', steps: 3, done: 3, points: 6 },
          { slug: '02-next', steps: 2, done: 2, points: 3 },
        ],
        steps: [{ id: 'look', done: true, points: 2, maxPoints: 2 }, { attempts: 1 }, { attempts: 1 }, {}, {}],
      },
    ]);
  });

  it('stays what it was for sessions that run, when the lab has a new version', async () => {
    const changed = labWithPages();
    changed['pages/en/01-start.md'] = (changed['pages/en/01-start.md'] ?? '').replaceAll('#look', '#see');
    await rig.labs.importLab(lecturer, changed);
    expect((await me.tick(true)).progress).toMatchObject({ steps: 5, done: 1 });
    const later = await rig.session(person('learner'), labId);
    expect(later).not.toBe(sessionId);
    expect((await me.overview()).version).toBe(1);
  });
});

describe('overviews of staff', () => {
  it('show a class by page, those who have not begun as well', async () => {
    const class1 = await rig.publish(
      lecturer,
      labWithPages({ 'lab.yaml': (labWithPages()['lab.yaml'] ?? '').replace('id: two-hosts', 'id: class-one') }),
    );
    const learners = Array.from({ length: 5 }, (_, n) => person('learner', `=L${n}`));
    const ids: string[] = [];
    for (const each of learners) ids.push(await rig.session(each, class1));
    sessionId = ids[2] ?? '';
    await rig.ask(TickStepRequest, { sessionId, stepId: 'look', done: true }, learners[2]);
    const first = await rig.ask(ListProgressRequest, { labId: class1, limit: 3 }, lecturer);
    const second = await rig.ask(ListProgressRequest, { labId: class1, limit: 3, cursor: first.nextCursor }, lecturer);
    const all = [...first.items, ...second.items];
    expect(all.map(({ displayName, totals, current }) => [displayName, totals.done, current?.id])).toEqual([
      ['=L4', 0, 'look'],
      ['=L3', 0, 'look'],
      ['=L2', 1, 'reach'],
      ['=L1', 0, 'look'],
      ['=L0', 0, 'look'],
    ]);
    expect(second.nextCursor).toBeUndefined();
    const { blob } = await rig.ask(ExportProgressRequest, { labId: class1 }, lecturer);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await rig.labs.blobs.get('LAB_UPLOADS', blob)) chunks.push(chunk);
    const [header, , , third] = Buffer.concat(chunks).toString().split('\r\n');
    expect(header).toMatch(/^session,user,name,.*,completed_at,look,reach,ttl,said,flag$/);
    expect(third).toMatch(new RegExp(`^${sessionId},[0-9a-f-]+,'=L2,.*,1,5,2,9,.*,2,,,,$`));
  });
});
