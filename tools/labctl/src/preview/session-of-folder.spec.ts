import type { Lab, Session } from '@lab-orchestrator/contracts';
import { checkFolder, type ResolvedLab } from '@lab-orchestrator/lab-folder';
import { filesOf, sampleLab } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/api-client.js';
import { lab, labId, type StandInPlatform, standInPlatform } from '../testing/platform.fixture.js';
import { createOutput } from '../output/output.js';
import { unread } from './built-lab.js';
import { importPrivately, openSession } from './session-of-folder.js';
import { TriedFolder } from './tried-folder.js';

const sessionOf = (id: string, version: number): Session => ({
  id,
  lab: { id: labId, version, title: lab.title, slug: lab.slug },
  ownerId: labId,
  ownerName: 'Ada',
  desired: 'running',
  phase: 'requested',
  systems: [],
  createdAt: lab.createdAt,
  deadlineAt: lab.createdAt,
  extensionsLeft: 0,
  extendByS: 0,
  canPause: false,
  pauseLoses: [],
  generation: 1,
  role: 'owner',
});
const [fresh, open] = ['7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b11', '7a0f3c3e-58a4-4f5c-9f57-0d7e2a1f9b12'];

let platform: StandInPlatform;
let api: ApiClient;
let mine: Lab[];
let openSessionId: string | undefined;
/** The version that an import makes; undefined: it is refused. */
let imported: number | undefined;
beforeAll(async () => {
  platform = await standInPlatform((call) => {
    if (call.startsWith('GET /labs?')) return { items: mine };
    if (call === 'POST /labs') return imported && { lab, version: imported, created: true, warnings: [] };
    if (call === `GET /labs/${labId}`) return { ...lab, openSessionId };
    if (call === 'POST /sessions') return sessionOf(fresh, 3);
    return call === `GET /sessions/${open}` ? sessionOf(open, 2) : undefined;
  });
  api = new ApiClient(platform.url, 'lab_token');
});
afterAll(() => platform.stop());
beforeEach(() => {
  [mine, openSessionId, imported] = [[], undefined, 3];
  platform.asked.length = 0;
});

const files = filesOf(sampleLab());
const resolved = checkFolder(files).lab as ResolvedLab;
const tryIt = () => importPrivately(api, { ...unread, files }, resolved);
const tried = { labId, version: 3, created: true };

describe('labctl preview --session', () => {
  it('imports the folder as it is', async () => {
    mine = [{ ...lab, slug: 'two-hosts-2', visibility: 'public' }, lab];
    expect(await tryIt()).toEqual(tried);
    expect(platform.asked.at(-1)?.body).toContain('pages/en/01-start.md');
  });

  it.each(['course', 'public'] as const)('imports nothing over a lab that is %s', async (visibility) => {
    mine = [{ ...lab, visibility }];
    await expect(tryIt()).rejects.toMatchObject({ code: 'lab_not_private', exitCode: 4 });
    expect(platform.asked.map(({ call }) => call)).not.toContain('POST /labs');
  });

  it('starts a session, and takes up one that is open', async () => {
    expect(await openSession(api, tried)).toEqual({ address: `${platform.url}/sessions/${fresh}`, version: 3 });
    openSessionId = open;
    expect(await openSession(api, tried)).toEqual({ address: `${platform.url}/sessions/${open}`, version: 2 });
  });

  it('tells of each save, and goes on when one is refused', async () => {
    const said: string[] = [];
    const hear = (text: string) => void said.push(text.trim());
    const folder = new TriedFolder(api, createOutput(false, { out: hear, err: hear }));
    const built = { ...unread, files, lab: resolved };
    const address = `${platform.url}/sessions/${fresh}`;
    await folder.save({ ...unread, files });
    await folder.save(built);
    imported = undefined;
    await folder.save(built);
    imported = 4;
    await folder.save(built);
    expect(said).toEqual([
      `Version 3 is imported. Session: ${address}`,
      'Not found',
      `Version 4 is imported. Session: ${address}, which runs version 3: end it to start the newest`,
    ]);
    expect(platform.asked.filter(({ call }) => call === 'POST /sessions')).toHaveLength(1);
  });
});
