import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuestAgent } from './guest-agent.js';
import { guestExec } from './guest-exec.js';

type Request = { execute: string; arguments: Record<string, unknown> };
type Say = (text: string) => void;

let folder: string;
const servers: Server[] = [];
beforeAll(async () => void (folder = await mkdtemp(`${tmpdir()}/lab-agent-`)));
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a hostile guest puts at the other end of its port. */
async function guest(onRequest: (request: Request, say: Say) => void): Promise<string> {
  const path = `${folder}/${servers.length}.sock`;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').replaceAll('\u00ff', '').split('\n').filter(Boolean))
        onRequest(JSON.parse(line) as Request, (text) => socket.write(Buffer.from(text, 'latin1')));
    });
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(path, listening));
  return path;
}

const synced = (request: Request, say: Say) => say(`\u00ff{"return": ${String(request.arguments['id'])}}\n`);
const options = { syncTimeoutMs: 700, maxAnswerBytes: 10_000 };

describe('a guest agent', () => {
  it('answers what was asked, whatever it had said to the one before', async () => {
    const path = await guest((request, say) => {
      if (request.execute !== 'guest-sync-delimited') return say('{"return": {"pid": 7}}\n');
      say('{"return": {"exited": tr');
      synced(request, say);
    });
    await using agent = await GuestAgent.connect(path, options);
    expect(await agent.ask('guest-exec', {}, 1000)).toEqual({ pid: 7 });
  });

  it.each<[string, (request: Request, say: Say) => void, RegExp]>([
    ['is silent', () => undefined, /does not answer/],
    ['answers another question', (_request, say) => say('\u00ff{"return": 5}\n'), /nonsense/],
    ['talks no JSON', (_request, say) => say('\u00ffhello\n'), /nonsense/],
    ['floods without a line', (_request, say) => say(`\u00ff${'x'.repeat(20_000)}`), /too much/],
    ['floods before the sentinel', (_request, say) => say('x'.repeat(200_000)), /does not answer/],
  ])('that %s ends the conversation soon', async (_, onRequest, message) => {
    await expect(GuestAgent.connect(await guest(onRequest), options)).rejects.toThrow(message);
  });
});

describe('a command', () => {
  const run = async (onStatus: (say: Say, asked: number) => void, timeoutMs = 300, maxOutputBytes = 10) => {
    const asked: Request[] = [];
    const path = await guest((request, say) => {
      asked.push(request);
      if (request.execute === 'guest-sync-delimited') return synced(request, say);
      if (request.execute === 'guest-exec') return say('{"return": {"pid": 42}}\n');
      onStatus(say, asked.length);
    });
    const result = await guestExec(path, ['true'], { timeoutMs, maxOutputBytes }).catch((error: unknown) => error);
    return { result, asked };
  };
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it('gives its exit code and both outputs, cut together', async () => {
    const { result } = await run((say) =>
      say(
        `{"return": {"exited": true, "exitcode": 3, "out-data": "${base64('12345678')}", "err-data": "${base64('abcdef')}"}}\n`,
      ),
    );
    expect(result).toEqual({ exitCode: 3, stdout: '12345678', stderr: 'ab', timedOut: false, truncated: true });
  });

  it('that does not end is killed with all that it started', async () => {
    const { result, asked } = await run((say) => say('{"return": {"exited": false}}\n'));
    expect(result).toMatchObject({ exitCode: null, timedOut: true });
    expect(asked.filter(({ execute }) => execute === 'guest-exec').at(-1)?.arguments).toEqual({
      path: 'sh',
      arg: ['-c', 'kill -9 -42'],
    });
  });

  it.each([
    ['refuses', '{"error": {"class": "CommandNotFound", "desc": "no"}}\n'],
    ['sends more than was asked for', `{"return": {"exited": true, "out-data": "${'A'.repeat(400_000)}"}}\n`],
    ['sends no base64', '{"return": {"exited": true, "out-data": "???"}}\n'],
  ])('in a guest that %s is unreachable', async (_, answer) => {
    const { result } = await run((say) => say(answer));
    expect(result).toMatchObject({ code: 'unreachable', retryable: true });
  });
});
