import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { aptSources } from './apt-sources.mjs';
import { bootstrapOptions, hooksOf, suite } from './bootstrap-options.mjs';
import { partsOf } from './images.mjs';
import { outputOf, run } from './run.mjs';

/** Where the scripts of an image lie inside the tree that is being built; removed at its end. */
const buildDir = '/.build';

/** Hooks that keep downloaded packages for the next image, as in mmdebstrap's manual. */
function cacheHooks(aptCache, { last }) {
  return {
    before: [
      `--setup-hook=mkdir -p "$1/var/cache/apt/archives"`,
      `--setup-hook=sync-in ${aptCache} /var/cache/apt/archives`,
    ],
    after: [last(`sync-out /var/cache/apt/archives ${aptCache}`)],
  };
}

/** The machine's own sources, proxy settings and name servers must not be in an image. */
const forgetMachine = [
  'rm -f "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/* "$1"/etc/apt/apt.conf.d/99mmdebstrap',
  'rm -f "$1"/etc/resolv.conf "$1"/etc/hostname "$1"/etc/apt/trusted.gpg.d/mmdebstrap*',
  'rm -rf "$1"/.build "$1"/var/log/apt "$1"/var/log/dpkg.log "$1"/var/log/bootstrap.log "$1"/var/log/alternatives.log',
];

/** Puts the image's files and scripts at hand and runs them: `prepare.sh` before the packages, `setup.sh` after them. */
async function scriptHooks(image, workDir, { first, last }) {
  const { files, scripts } = await partsOf(image);
  const hooks = [first(`mkdir -p "$1${buildDir}/files"`)];
  if (files) {
    const archive = join(workDir, 'files.tar');
    const owner = ['--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];
    await run(['tar', ...owner, '-C', files, '-cf', archive, '.']);
    hooks.push(first(`tar-in ${archive} ${buildDir}/files`));
  }
  for (const script of scripts) hooks.push(first(`upload ${script} ${buildDir}/${basename(script)}`));
  const inside = (script) => `chroot "$1" /bin/sh -eu ${buildDir}/${script}`;
  if (scripts.some((script) => basename(script) === 'prepare.sh')) hooks.push(first(inside('prepare.sh')));
  return [...hooks, last(inside('setup.sh'))];
}

/** As root the build gets its own mount and process namespaces: whatever ends it leaves no mount and no process. */
async function isolation() {
  if (process.getuid?.() !== 0) return { wrapper: [], killWith: 'SIGTERM' };
  const wrapper = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const works = await outputOf([...wrapper, 'true']).then(
    () => true,
    () => false,
  );
  return works ? { wrapper, killWith: 'SIGKILL' } : { wrapper: [], killWith: 'SIGTERM' };
}

/**
 * Builds the tree of an image with mmdebstrap: as root, in a user namespace, or with fakechroot, whichever works here.
 * @param {import('./images.mjs').Image} image
 * @param {{ cacheDir: string, workDir: string, onLine: (line: string) => void, signal?: AbortSignal }} options
 * @returns {Promise<string>} the finished file: a tar archive, or the raw disk that the image's script made
 */
export async function bootstrap(image, { cacheDir, workDir, onLine, signal }) {
  const aptCache = join(cacheDir, 'apt');
  await mkdir(aptCache, { recursive: true });
  const isDisk = image.kind === 'disk';
  const result = join(workDir, isDisk ? 'disk.raw' : 'rootfs.tar');
  const hooks = hooksOf(image);
  const cache = cacheHooks(aptCache, hooks);
  const sources = await aptSources();
  const { wrapper, killWith } = await isolation();
  const command = [
    ...wrapper,
    'mmdebstrap',
    '--verbose',
    '--skip=download/empty',
    '--skip=essential/unlink',
    ...bootstrapOptions(image),
    ...cache.before,
    ...cache.after,
    ...(await scriptHooks(image, workDir, hooks)),
    ...(isDisk ? [hooks.last(`download ${buildDir}/disk.raw ${result}`)] : forgetMachine.map(hooks.last)),
    isDisk ? '--format=null' : '--format=tar',
    suite,
    isDisk ? '/dev/null' : result,
    ...(sources ? ['-'] : []),
  ];
  // In a user namespace the tree belongs to other user ids, which may not reach into the cache: leave it in /tmp.
  const env = process.getuid?.() === 0 ? { TMPDIR: workDir } : {};
  await run(command, { input: sources, onLine, signal, killWith, env });
  return result;
}
