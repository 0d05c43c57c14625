import {
  EndSession,
  ExportProgressRequest,
  GetSessionProgress,
  ListProgressRequest,
  ReopenStepRequest,
  TickStepRequest,
} from '@lab-orchestrator/contracts';
import { person } from '@lab-orchestrator/lab-service/testing';
import { describe, expect, it } from 'vitest';
import { type AtWork, atWork } from '../testing/at-work.fixture.js';
import { labWithPages } from '../testing/sample-pages.fixture.js';
import { LabAtWork } from '../testing/lab-at-work.fixture.js';

const lab = new LabAtWork();

/** The lines of what staff download. */
async function tableOf(labId: string) {
  const { blob } = await lab.rig.ask(ExportProgressRequest, { labId }, lab.lecturer);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await lab.rig.labs.blobs.get('LAB_UPLOADS', blob)) chunks.push(chunk);
  return Buffer.concat(chunks).toString().split('\r\n');
}

describe('the whole lab', () => {
  const finish = async () => {
    const flag = await lab.me.flag();
    lab.me.mark('marker-one');
    lab.me.mark('marker-two');
    await lab.me.fillIn('colour', 'green');
    await Promise.all([
      lab.me.tick(true),
      lab.me.check(),
      lab.me.check('said'),
      lab.me.answer('ttl', '2'),
      lab.me.answer('flag', flag),
    ]);
  };

  it('is completed once, and again after a step was opened again', async () => {
    await finish();
    const { progress } = await lab.me.overview();
    expect(progress).toMatchObject({ steps: 5, done: 5, points: 9, maxPoints: 9, completedAt: expect.any(String) });
    const reopened = await lab.rig.ask(ReopenStepRequest, { sessionId: lab.sessionId, stepId: 'ttl' }, lab.lecturer);
    expect(reopened).toMatchObject({ step: { done: false, quiz: { attempts: 0 } }, progress: { done: 4, points: 8 } });
    expect(reopened.progress.completedAt).toBeUndefined();
    await lab.me.answer('ttl', '2');
    const types = (await lab.me.told(12)).map(([type]) => type);
    expect(types.filter((type) => type === 'instruction.completed.v1')).toHaveLength(2);
    expect(types.filter((type) => type === 'step.completed.v1')).toHaveLength(6);
    expect(types.filter((type) => type === 'step.reopened.v1')).toHaveLength(1);
  });

  it('is told per page and per step, also after the session', async () => {
    await finish();
    await lab.rig.ask(EndSession, { sessionId: lab.sessionId }, lab.learner);
    const { people } = await lab.rig.ask(GetSessionProgress, { sessionId: lab.sessionId }, lab.lecturer);
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
    await lab.rig.labs.importLab(lab.lecturer, changed);
    expect((await lab.me.tick(true)).progress).toMatchObject({ steps: 5, done: 1 });
    const newcomer = person('learner', 'Bea');
    const later = atWork(lab.rig, newcomer, await lab.rig.session(newcomer, lab.labId));
    expect((await later.tick(true, 'see')).progress).toMatchObject({ steps: 5, done: 1 });
    const firstStep = async ({ overview, page }: AtWork) => {
      const { version, states, pages } = await overview();
      const shown = await page('01-start');
      return [version, states[0]?.id, pages[0]?.steps[0]?.id, shown.page.nodes.find(({ type }) => type === 'step')];
    };
    const step = (id: string) => expect.objectContaining({ id });
    expect(await firstStep(lab.me)).toEqual([1, 'look', 'look', step('look')]);
    expect(await firstStep(later)).toEqual([2, 'see', 'see', step('see')]);
    await expect(later.tick(true, 'look')).rejects.toMatchObject({ code: 'step_not_found' });

    const { items } = await lab.rig.ask(ListProgressRequest, { labId: lab.labId, limit: 2, steps: true }, lab.lecturer);
    const done = (steps: (typeof items)[number]['steps']) => steps?.filter((each) => each.done).map(({ id }) => id);
    expect(
      items.map(({ sessionId, version, totals, current, steps }) => [
        sessionId,
        version,
        totals.done,
        current?.id,
        done(steps),
      ]),
    ).toEqual([
      [later.sessionId, 2, 1, 'reach', ['see']],
      [lab.sessionId, 1, 1, 'reach', ['look']],
    ]);
    // The columns are the newest version's steps: what older sessions have earned elsewhere is in their sums only.
    const [header, newest, older] = await tableOf(lab.labId);
    expect(header).toMatch(/,completed_at,see,reach,ttl,said,flag$/);
    expect(newest).toMatch(new RegExp(`^${later.sessionId},[0-9a-f-]+,Bea,${lab.labId},2,.*,1,5,2,9,.*,2,,,,$`));
    expect(older).toMatch(new RegExp(`^${lab.sessionId},[0-9a-f-]+,Ada,${lab.labId},1,.*,1,5,2,9,.*,,,,,$`));
  });
});

describe('overviews of staff', () => {
  it('show a class by page, those who have not begun as well', async () => {
    const class1 = await lab.rig.publish(
      lab.lecturer,
      labWithPages({ 'lab.yaml': (labWithPages()['lab.yaml'] ?? '').replace('id: two-hosts', 'id: class-one') }),
    );
    const learners = Array.from({ length: 5 }, (_, n) => person('learner', `=L${n}`));
    const ids: string[] = [];
    for (const each of learners) ids.push(await lab.rig.session(each, class1));
    lab.sessionId = ids[2] ?? '';
    await lab.rig.ask(TickStepRequest, { sessionId: lab.sessionId, stepId: 'look', done: true }, learners[2]);
    const first = await lab.rig.ask(ListProgressRequest, { labId: class1, limit: 3 }, lab.lecturer);
    const second = await lab.rig.ask(
      ListProgressRequest,
      { labId: class1, limit: 3, cursor: first.nextCursor },
      lab.lecturer,
    );
    const all = [...first.items, ...second.items];
    expect(all.map(({ displayName, totals, current }) => [displayName, totals.done, current?.id])).toEqual([
      ['=L4', 0, 'look'],
      ['=L3', 0, 'look'],
      ['=L2', 1, 'reach'],
      ['=L1', 0, 'look'],
      ['=L0', 0, 'look'],
    ]);
    expect(second.nextCursor).toBeUndefined();
    const withSteps = await lab.rig.ask(ListProgressRequest, { labId: class1, steps: true }, lab.lecturer);
    const done = withSteps.items.map(({ steps }) => steps?.filter((step) => step.done).map(({ id }) => id));
    expect(done).toEqual([[], [], ['look'], [], []]);
    const { people } = await lab.rig.ask(GetSessionProgress, { sessionId: lab.sessionId }, lab.lecturer);
    expect(withSteps.items[2]?.steps).toEqual(people[0]?.steps);
    const [header, , , third] = await tableOf(class1);
    expect(header).toMatch(/^session,user,name,.*,completed_at,look,reach,ttl,said,flag$/);
    expect(third).toMatch(new RegExp(`^${lab.sessionId},[0-9a-f-]+,'=L2,.*,1,5,2,9,.*,2,,,,$`));
  });
});
