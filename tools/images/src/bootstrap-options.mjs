/** The Debian release that every image is made of. */
export const suite = 'bookworm';

/** Documentation and translations: nobody reads them in a lab, and they double an image. */
const unwanted = [
  '/usr/share/doc/*',
  '/usr/share/man/*',
  '/usr/share/info/*',
  '/usr/share/locale/*',
  '/usr/share/lintian/*',
];

/**
 * The options of mmdebstrap that decide what is in an image. They are part of its digest, so nothing here may
 * depend on the machine.
 * @param {{ build: { variant: string, packages: string[] } }} description
 */
export function bootstrapOptions({ build }) {
  return [
    `--variant=${build.variant}`,
    `--include=${build.packages.join(',')}`,
    ...unwanted.map((path) => `--dpkgopt=path-exclude=${path}`),
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=APT::Install-Recommends "false"',
  ];
}
