import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export interface WebFile {
  /** Relative to the web app's folder. */
  readonly path: string;
  readonly cacheControl: string;
}

/** Built files have a hash of their content in the name. */
const hashed = /^assets\/.+-[\w-]{8,}\.\w+$/;
const forAYear = 'public, max-age=31536000, immutable';
const askEachTime = 'no-cache';

/** What the built web app consists of; nothing else is ever read from the disk. */
export class WebFiles {
  private constructor(private readonly paths: ReadonlySet<string>) {}

  /** An empty list when the web app is not built. */
  static async in(folder: string): Promise<WebFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
    return new WebFiles(new Set(files.map((path) => path.split(sep).join('/'))));
  }

  /** The file for a URL path; the app's page for what is a page of the app; undefined for what is missing. */
  find(urlPath: string): WebFile | undefined {
    const path = decoded(urlPath).replace(/^\/+/, '');
    if (path !== 'index.html' && this.paths.has(path)) {
      return { path, cacheControl: hashed.test(path) ? forAYear : askEachTime };
    }
    const isPage = !/\.\w+$/.test(path) || path === 'index.html';
    return isPage && this.paths.has('index.html') ? { path: 'index.html', cacheControl: askEachTime } : undefined;
  }
}

function decoded(path: string) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
