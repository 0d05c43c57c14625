import { checkFolder } from '@lab-orchestrator/lab-folder';
import { sampleLab } from '@lab-orchestrator/lab-folder/testing';
import type { GitHttpRequest } from 'isomorphic-git';
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GitSource } from './git-source.js';
import { GitTransport } from './git-transport.js';

let directory: string;
let server: Server;

/** Git's own server behind a port of this machine, reached as if it were https://git.example. */
class LocalTransport extends GitTransport {
  protected override send(url: URL, call: GitHttpRequest, signal: AbortSignal) {
    const { port } = server.address() as AddressInfo;
    return request(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
      method: call.method,
      headers: call.headers,
      signal,
    });
  }
}
const local = new GitSource(new LocalTransport());
const url = 'https://git.example/lab.git';
const git = (...args: string[]) =>
  execFileSync('git', ['-C', join(directory, 'lab.git'), ...args], { encoding: 'utf8' }).trim();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lab-git-spec-'));
  await mkdir(join(directory, 'lab.git'));
  git('init', '-q', '-b', 'main');
  await commit('labs/two-hosts/', sampleLab());
  git('tag', 'v1');
  git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  await commit('labs/two-hosts/', { 'files/readme.txt': 'changed' });
  server = createServer(serve).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

async function commit(prefix: string, files: Record<string, string>) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, 'lab.git', prefix, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  git('add', '-A');
  git('-c', 'user.name=Spec', '-c', 'user.email=spec@example.org', 'commit', '-q', '-m', 'lab');
  return git('rev-parse', 'HEAD');
}

/** The CGI protocol of `git http-backend`. */
function serve(incoming: IncomingMessage, outgoing: ServerResponse) {
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://localhost');
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname.replace('/lab.git', '/lab.git/.git'),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: incoming.method,
      CONTENT_TYPE: incoming.headers['content-type'] ?? '',
    },
  });
  incoming.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.once('close', () => {
    const answer = Buffer.concat(chunks);
    const end = answer.indexOf('\r\n\r\n');
    for (const line of answer.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') outgoing.statusCode = Number.parseInt(value, 10);
      else outgoing.setHeader(name, value);
    }
    outgoing.end(answer.subarray(end + 4));
  });
}

describe('a lab in git', () => {
  const readme = (files: ReadonlyMap<string, Uint8Array>) =>
    Buffer.from(files.get('files/readme.txt') ?? []).toString();

  it('is read at the newest commit, at a tag, and at a commit', async () => {
    const path = 'labs/two-hosts';
    const newest = await local.read({ url, ref: 'HEAD', path });
    expect(checkFolder(newest.files).diagnostics).toEqual([]);
    expect(readme(newest.files)).toBe('changed');
    expect(newest.source).toBe(`${url} ${path} @ ${git('rev-parse', 'HEAD')}`);
    expect(readme((await local.read({ url, ref: 'v1', path })).files)).toBe('Welcome {{ user.name }}');
    const pinned = git('rev-parse', 'v1');
    expect(readme((await local.read({ url, ref: pinned, path: `/${path}/` })).files)).toBe('Welcome {{ user.name }}');
    expect(
      (await readdir(tmpdir())).filter((name) => name.startsWith('lab-git-') && !name.startsWith('lab-git-spec-')),
    ).toEqual([]);
  });

  it.each([
    ['a branch that is not there', { ref: 'nowhere', path: '' }, 'git_ref_not_found'],
    ['a folder that is not there', { ref: 'HEAD', path: 'nowhere' }, 'git_ref_not_found'],
  ])('is refused for %s', async (_, reference, code) => {
    await expect(local.read({ url, ...reference })).rejects.toMatchObject({ code, status: 400 });
  });

  it('is refused with symbolic links', async () => {
    await mkdir(join(directory, 'lab.git', 'linked'));
    await symlink('/etc/passwd', join(directory, 'lab.git', 'linked', 'passwd'));
    await commit('linked/', { 'lab.yaml': 'x' });
    await expect(local.read({ url, ref: 'HEAD', path: 'linked' })).rejects.toMatchObject({
      name: 'FolderError',
      code: 'not_a_file',
    });
  });
});

describe('addresses that are not of the open internet', () => {
  const guarded = new GitSource(new GitTransport());
  it.each([
    'https://127.0.0.1/x.git',
    'https://localhost/x.git',
    'https://[::1]/x.git',
    'https://10.0.0.1/x.git',
    'https://192.168.1.1/x.git',
    'https://172.16.0.1/x.git',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/x.git',
    'https://0.0.0.0/x.git',
    'https://[::ffff:127.0.0.1]/x.git',
    'https://[fd00::1]/x.git',
    'https://[fe80::1]/x.git',
    'https://2130706433/x.git',
    'https://0x7f.1/x.git',
    'http://git.example/x.git',
    'file:///etc',
    'ssh://git@git.example/x.git',
  ])('are refused: %s', async (address) => {
    await expect(guarded.read({ url: address, ref: 'HEAD', path: '' })).rejects.toMatchObject({
      code: 'git_unreachable',
      status: 400,
      detail: expect.stringMatching(/not an address of the open internet|Only https/),
    });
  });
});
