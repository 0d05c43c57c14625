import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import { GetLab, ListSessionsRequest } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { openEvents } from '../testing/event-reader.fixture.js';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';
import { lab } from '../testing/samples.fixture.js';
import { standIn, type StandIn } from '../testing/stand-in.fixture.js';

let auth: RunningAuthService;
let peer: StandIn;
let token: string;
let gateway: RunningGateway;
let asked: Promise<void>;
beforeAll(async () => {
  auth = await runAuthService();
  peer = await standIn(auth.nats.url);
  peer.answer(ListSessionsRequest, { items: [] });
  token = (await auth.signIn('admin', auth.adminPassword)).accessToken;
});
beforeEach(async () => {
  gateway = await runGateway({ LAB_NATS_URL: auth.nats.url });
  asked = new Promise((resolve) => {
    peer.answerWith(GetLab, async () => {
      resolve();
      await sleep(1_500);
      return lab;
    });
  });
});
afterAll(async () => {
  await peer.stop();
  await auth.stop();
});

/** Over one connection that stays open, as browsers and ingress controllers ask. */
function askOver(agent: Agent) {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
    const request = get(`${gateway.url}/api/v1/sessions`, { agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode, connection: response.headers.connection }));
    });
    request.once('error', reject);
  });
}

it('a gateway that stops answers what it holds', async () => {
  const answer = gateway.call('GET', `/labs/${lab.id}`, { token });
  await asked;
  const stopped = gateway.stop();
  expect(await answer).toMatchObject({ status: 200, body: { id: lab.id } });
  await stopped;
});

it('it answers who comes meanwhile, and sends them elsewhere for the next time', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  expect(await askOver(agent)).toEqual({ status: 200, connection: 'keep-alive' });
  const stopped = gateway.stop();
  await sleep(100);
  expect(await askOver(agent)).toEqual({ status: 200, connection: 'close' });
  await stopped;
});

it('event streams do not hold it up', async () => {
  const events = await openEvents(`${gateway.url}/api/v1/events`, token);
  const begun = performance.now();
  await gateway.stop();
  await events.ended;
  expect(performance.now() - begun).toBeLessThan(4_000);
});
