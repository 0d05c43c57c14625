import type { ImportLabFromGit } from '@lab-orchestrator/contracts';
import { FolderCollector, FolderError, folderLimits } from '@lab-orchestrator/lab-folder';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import * as git from 'isomorphic-git';
import { promises } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { SourceFolder } from '../lab-source.js';
import { GitTransport } from './git-transport.js';
import { checkPack } from './pack-limits.js';
import { RefusedAddressError } from './public-address.js';

type GitReference = z.output<typeof ImportLabFromGit>['git'];
interface Repository {
  fs: git.FsClient;
  gitdir: string;
  cache: object;
}

const maxDurationMs = 60_000;
const fileModes = new Set(['100644', '100755']);

/** Reads a lab folder from a git repository: one commit, without its history, in a directory that is gone afterwards. */
@Injectable()
export class GitSource {
  constructor(private readonly transport: GitTransport) {}

  async read({ url, ref, path }: GitReference): Promise<SourceFolder> {
    if (!/^https:/i.test(url))
      throw new UserError('git_unreachable', { status: 400, detail: 'Only https:// addresses are allowed.' });
    const gitdir = await promises.mkdtemp(join(tmpdir(), 'lab-git-'));
    const repository = { fs: { promises: { ...promises, writeFile: writeChecked } }, gitdir, cache: {} };
    try {
      const commit = await this.fetch(repository, url, ref);
      const tree = await git.readTree({ ...repository, oid: commit, ...(path && { filepath: trimmed(path) }) });
      const folder = new FolderCollector();
      await collect(repository, tree.tree, '', folder);
      return { files: folder.finish(), source: `${url} ${path ? `${path} ` : ''}@ ${commit}` };
    } catch (error) {
      throw explained(error);
    } finally {
      await promises.rm(gitdir, { recursive: true, force: true });
    }
  }

  private async fetch(repository: Repository, url: string, ref: string) {
    await git.init({ ...repository, dir: repository.gitdir, bare: true });
    await git.addRemote({ ...repository, remote: 'origin', url });
    const { fetchHead } = await git.fetch({
      ...repository,
      http: this.transport.client(AbortSignal.timeout(maxDurationMs)),
      remote: 'origin',
      ...(ref !== 'HEAD' && { ref }),
      depth: 1,
      singleBranch: true,
      tags: false,
    });
    if (!fetchHead) throw new UserError('git_ref_not_found', { status: 400, detail: 'The repository is empty.' });
    return fetchHead;
  }
}

/** The pack is looked at before the library unfolds it. */
const writeChecked: typeof promises.writeFile = async (file, data, options) => {
  if (typeof file === 'string' && file.endsWith('.pack') && data instanceof Uint8Array)
    checkPack(data, 2 * folderLimits.bytes);
  return promises.writeFile(file, data, options);
};

async function collect(repository: Repository, tree: git.TreeObject, directory: string, folder: FolderCollector) {
  for (const { path: name, mode, oid, type } of tree) {
    const path = `${directory}${name}`;
    if (type === 'tree') {
      await collect(repository, (await git.readTree({ ...repository, oid })).tree, `${path}/`, folder);
      continue;
    }
    const announced = folder.announce(path);
    if (announced === undefined) continue;
    if (type !== 'blob' || !fileModes.has(mode))
      throw new FolderError('not_a_file', `"${path}" is a link or a submodule; only plain files are allowed`, path);
    const { blob } = await git.readBlob({ ...repository, oid });
    folder.count(blob.length);
    folder.add(announced, blob);
  }
}

const trimmed = (path: string) => path.replaceAll(/^\/+|\/+$/g, '');

/** What went wrong, in words for the one who typed the address. */
function explained(error: unknown): unknown {
  if (error instanceof UserError || error instanceof FolderError) return error;
  if (error instanceof RefusedAddressError)
    return new UserError('git_unreachable', { status: 400, detail: `${error.message}.` });
  if (error instanceof git.Errors.NotFoundError)
    return new UserError('git_ref_not_found', {
      status: 400,
      detail: 'There is no such reference or folder in the repository.',
    });
  const why = error instanceof Error ? error.message : String(error);
  return new UserError('git_unreachable', {
    status: 400,
    detail: `The repository cannot be read: ${why.slice(0, 200)}`,
  });
}
