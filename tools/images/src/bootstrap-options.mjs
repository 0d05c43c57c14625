/** The Debian release that every image is made of. */
export const suite = 'bookworm';

/** Documentation and translations: nobody reads them in a lab, and they double an image. */
const unwanted = ['doc', 'man', 'info', 'locale', 'lintian', 'linda'].map((name) => `/usr/share/${name}`);

/** What `images/shared/base-tree.sh` needs to make a working tree of unpacked packages. */
const basePackages =
  'base-files base-passwd bash coreutils dash debianutils diffutils findutils grep gzip hostname libc-bin login mawk ' +
  'ncurses-base ncurses-bin passwd sed tar util-linux';

/** dpkg skips what is unwanted and does not sync: an interrupted build is thrown away anyway. */
const dpkgSettings = ['force-unsafe-io', ...unwanted.map((path) => `path-exclude=${path}/*`)];
const dpkgFile = '/etc/dpkg/dpkg.cfg.d/lab-build';

/**
 * When commands run inside the tree. `first`: it has the essential packages; `last`: all are in place. A tree whose
 * packages are only unpacked has one moment for both: mmdebstrap runs no later hook for it.
 */
const moments = {
  unpacked: { first: '--extract-hook', last: '--extract-hook' },
  installed: { first: '--essential-hook', last: '--customize-hook' },
};

/**
 * @param {{ build: { mode: 'unpacked' | 'installed' } }} description
 * @returns {{ first: (command: string) => string, last: (command: string) => string }} options for a command
 */
export function hooksOf({ build }) {
  const { first, last } = moments[build.mode];
  return { first: (command) => `${first}=${command}`, last: (command) => `${last}=${command}` };
}

/**
 * `unpacked`: the packages are only unpacked, and the image's setup.sh does the rest; several times faster.
 * `installed`: a full Debian system with its package database.
 */
const modes = {
  unpacked: (packages) => [
    '--variant=extract',
    '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr',
    `--include=${[...basePackages.split(' '), ...packages].join(',')}`,
  ],
  installed: (packages) => [
    '--variant=apt',
    `--include=${packages.join(',')}`,
    `--extract-hook=printf '%s\\n' ${dpkgSettings.join(' ')} > "$1${dpkgFile}"`,
    `--customize-hook=rm -f "$1${dpkgFile}"`,
  ],
};

/**
 * The options of mmdebstrap that decide what is in an image. They are part of its digest, so nothing here may
 * depend on the machine.
 * @param {{ build: { mode: 'unpacked' | 'installed', packages: string[] } }} description
 */
export function bootstrapOptions(description) {
  const { build } = description;
  const forget = unwanted.map((path) => path.slice(1)).join(' ');
  return [
    ...modes[build.mode](build.packages),
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=APT::Install-Recommends "false"',
    hooksOf(description).last(`cd "$1" && find ${forget} -mindepth 1 -delete 2>/dev/null || true`),
  ];
}
