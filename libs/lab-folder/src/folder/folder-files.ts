import { entryPath } from './entry-path.js';
import { FolderError } from './folder-error.js';

/** The files of a lab folder by their path. */
export type FolderFiles = ReadonlyMap<string, Uint8Array>;

export const folderLimits = { files: 2_000, bytes: 100 * 2 ** 20 } as const;

/** What tools leave behind and nobody means to import. */
const isLitter = (path: string) =>
  path.split('/').some((part) => part === '.git' || part === '__MACOSX' || part === '.DS_Store');

/** Collects the files of a folder from any source, under the one set of limits. Entries are counted as they come. */
export class FolderCollector {
  private readonly files = new Map<string, Uint8Array>();
  private entries = 0;
  private bytes = 0;

  /** Takes note of an entry before its content is read. @returns its path, or undefined when it is to be skipped */
  announce(name: string): string | undefined {
    this.entries += 1;
    if (this.entries > folderLimits.files)
      throw new FolderError('too_many_files', `the folder has more than ${folderLimits.files} files`);
    const path = entryPath(name);
    if (isLitter(path)) return undefined;
    if (this.files.has(path)) throw new FolderError('duplicate_file', `"${path}" is there twice`, path);
    return path;
  }

  /** Counts bytes as they are unpacked: what a header says about the size is not trusted. */
  count(bytes: number) {
    this.bytes += bytes;
    if (this.bytes > folderLimits.bytes)
      throw new FolderError('too_large', `the folder is larger than ${folderLimits.bytes / 2 ** 20} MiB when unpacked`);
  }

  add(path: string, content: Uint8Array) {
    this.files.set(path, content);
  }

  /** The files; a single folder around everything (as archives of a repository have it) is taken away. */
  finish(): FolderFiles {
    if (this.files.has('lab.yaml')) return this.files;
    const roots = new Set([...this.files.keys()].map((path) => path.slice(0, path.indexOf('/') + 1)));
    const [root] = roots;
    if (roots.size !== 1 || !root || !this.files.has(`${root}lab.yaml`)) return this.files;
    return new Map([...this.files].map(([path, content]) => [path.slice(root.length), content]));
  }
}
