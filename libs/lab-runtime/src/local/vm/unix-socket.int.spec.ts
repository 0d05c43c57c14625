import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTail } from './hostile-file.js';
import { qmp } from './qmp-client.js';
import { connectUnix } from './unix-socket.js';

let folder: string;
const servers: Server[] = [];

/** Listens through a short link, because the limit of 108 bytes holds for servers, too. */
async function listen(
  path: string,
  onLine: (line: string, reply: (text: string) => void, end: () => void) => void,
  greeting = '',
): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(greeting);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().trim().split('\n'))
        onLine(
          line,
          (text) => socket.write(text),
          () => socket.end(),
        );
    });
  });
  servers.push(server);
  const cut = path.lastIndexOf('/');
  await new Promise<void>((listening) => {
    execFileSync('ln', ['-sfn', path.slice(0, cut), `${folder}/short`]);
    server.listen(`${folder}/short/${path.slice(cut + 1)}`, listening);
  });
}

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/lab-sock-`);
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a socket that an emulator made', () => {
  it.each([10, 60, 100, 107, 108, 200])('is reached below a folder name of %i characters', async (length) => {
    const long = `${folder}/${'d'.repeat(length)}`;
    await mkdir(long);
    await listen(`${long}/serial.sock`, (line, reply) => reply(`echo ${line}`));
    const socket = await connectUnix(`${long}/serial.sock`, 1000);
    socket.write('hello\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toBe('echo hello');
    socket.destroy();
  });

  it('is not followed to another place', async () => {
    let visits = 0;
    await listen(`${folder}/engine.sock`, () => (visits += 1));
    await symlink(`${folder}/engine.sock`, `${folder}/vnc.sock`);
    await expect(connectUnix(`${folder}/vnc.sock`, 1000)).rejects.toThrow(/not a socket/);
    await writeFile(`${folder}/plain`, 'no socket');
    await expect(connectUnix(`${folder}/plain`, 1000)).rejects.toThrow(/not a socket/);
    await expect(connectUnix(`${folder}/missing`, 1000)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(visits).toBe(0);
  });
});

describe('a file that an emulator wrote', () => {
  it('is read from its end', async () => {
    await writeFile(`${folder}/log`, 'a'.repeat(1000) + 'end');
    expect(String(await readTail(`${folder}/log`, 5))).toBe('aaend');
  });

  it('reads as nothing when it leads elsewhere, blocks, or is not there', async () => {
    await writeFile(`${folder}/secret`, 'secret');
    await symlink(`${folder}/secret`, `${folder}/link`);
    execFileSync('mkfifo', [`${folder}/pipe`]);
    for (const name of ['link', 'pipe', 'missing']) expect(String(await readTail(`${folder}/${name}`, 100))).toBe('');
  });
});

describe('the control socket', () => {
  const greeting = '{"QMP": {"version": {}, "capabilities": []}}\n';

  it('answers in order, between events', async () => {
    await listen(
      `${folder}/good.sock`,
      (line, reply) => {
        const { execute } = JSON.parse(line);
        reply('{"event": "NIC_RX_FILTER_CHANGED", "timestamp": {}}\n');
        reply(execute === 'query-status' ? '{"return": {"status": "running"}}\n' : '{"return": {}}\n');
      },
      greeting,
    );
    expect(await qmp(`${folder}/good.sock`, [{ execute: 'stop' }, { execute: 'query-status' }], 1000)).toEqual([
      {},
      { status: 'running' },
    ]);
  });

  it.each([
    ['refuses', '{"error": {"class": "GenericError", "desc": "no"}}\n', /refuses: no/],
    ['talks nonsense', 'nonsense\n', /JSON/],
    ['floods', `${'x'.repeat(600_000)}`.repeat(2), /too much/],
    ['says nothing', '', /does not answer/],
  ])('that %s is an error, soon', async (name, answer, message) => {
    await listen(`${folder}/${name}.sock`, (_line, reply) => reply(answer), greeting);
    await expect(qmp(`${folder}/${name}.sock`, [{ execute: 'stop' }], 700)).rejects.toThrow(message);
  });

  it('that ends while it is asked is one that is away, not one that is silent', async () => {
    await listen(`${folder}/ends.sock`, (_line, _reply, end) => end(), greeting);
    await expect(qmp(`${folder}/ends.sock`, [{ execute: 'query-status' }], 700)).rejects.toMatchObject({
      code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/),
    });
  });
});
