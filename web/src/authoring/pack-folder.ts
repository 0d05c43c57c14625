import { pack } from '../archive/archive.js';

/** One file of a folder that was dropped or chosen, with its path below that folder. */
export interface FolderFile {
  path: string;
  file: File;
}

/** What never belongs to a lab. */
const ignored = /(^|\/)(\.git|node_modules|__MACOSX|\.DS_Store)(\/|$)/;

/** Files of a chosen folder; the browser gives their paths with the folder's own name in front. */
export const filesOfFolder = (files: Iterable<File>): FolderFile[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), file }));

/** Files of everything that was dropped, folders read to their leaves. */
export async function filesOfDrop(items: DataTransferItemList): Promise<FolderFile[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const only = entries.length === 1 ? entries[0] : undefined;
  const roots = only?.isDirectory === true && isDirectory(only) ? await childrenOf(only) : entries;
  return (await Promise.all(roots.map((entry) => filesBelow(entry, '')))).flat();
}

async function filesBelow(entry: FileSystemEntry, folder: string): Promise<FolderFile[]> {
  const path = `${folder}${entry.name}`;
  if (ignored.test(path)) return [];
  if (isDirectory(entry)) {
    const children = await childrenOf(entry);
    return (await Promise.all(children.map((child) => filesBelow(child, `${path}/`)))).flat();
  }
  return isFile(entry)
    ? [{ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) }]
    : [];
}

/** A reader gives a hundred entries at a time, then none. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // Each call goes on after the last one.
    // oxlint-disable-next-line no-await-in-loop
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** Packs a lab folder into one zip file. */
export async function packFolder(files: FolderFile[]): Promise<File> {
  const kept = files.filter(({ path }) => path !== '' && !ignored.test(path));
  const contents = await Promise.all(
    kept.map(async ({ path, file }) => [path, new Uint8Array(await file.arrayBuffer())] as const),
  );
  return new File([await pack(Object.fromEntries(contents))], 'lab.zip', { type: 'application/zip' });
}
