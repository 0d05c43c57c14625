import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from './bootstrap-options.mjs';

const suites = [suite, `${suite}-updates`, `${suite}-security`];

/**
 * Packages come from where this machine gets its own: the images must not name a mirror. Third-party sources and
 * other releases are left out. Undefined when the machine has none for this release; mmdebstrap then uses Debian's default.
 * @param {string} aptDir usually /etc/apt
 * @returns {Promise<string | undefined>} sources in one-line format
 */
export async function aptSources(aptDir = '/etc/apt') {
  const parts = await readdir(join(aptDir, 'sources.list.d')).catch(() => []);
  const files = [join(aptDir, 'sources.list'), ...parts.toSorted().map((name) => join(aptDir, 'sources.list.d', name))];
  const lines = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (file.endsWith('.list')) lines.push(...fromOneLine(text));
    else if (file.endsWith('.sources')) lines.push(...fromDeb822(text));
  }
  const sources = [...new Set(lines)];
  return sources.some((line) => line.split(' ').includes(suite)) ? `${sources.join('\n')}\n` : undefined;
}

function entry({ uris, names, components, signedBy }) {
  const ours = names.filter((name) => suites.includes(name));
  const debian = !signedBy || /debian-archive/.test(signedBy);
  if (!debian || !components.includes('main')) return [];
  const options = signedBy?.startsWith('/') ? ` [signed-by=${signedBy}]` : '';
  return uris.flatMap((uri) => ours.map((name) => `deb${options} ${uri} ${name} main`));
}

function fromOneLine(text) {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line);
    if (!match) return [];
    const [, options = '', uri, name, components] = match;
    const signedBy = /signed-by=(\S+)/.exec(options)?.[1];
    return entry({ uris: [uri], names: [name], components: components.trim().split(/\s+/), signedBy });
  });
}

function fromDeb822(text) {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map();
    for (const [, name, value] of stanza.matchAll(/^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm))
      fields.set(name.toLowerCase(), value.trim());
    const words = (name) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
    if (!words('types').includes('deb') || fields.get('enabled') === 'no') return [];
    return entry({
      uris: words('uris'),
      names: words('suites'),
      components: words('components'),
      signedBy: fields.get('signed-by'),
    });
  });
}
