/** Where each phase of mmdebstrap begins on the way to 100 %, by the line it prints. */
const phases = [
  [/I: running apt-get update/, 2, 'package lists'],
  [/I: downloading packages with apt/, 5, 'packages'],
  [/I: extracting archives/, 15, 'packages'],
  [/I: installing essential packages/, 20, 'packages'],
  [/I: (installing|downloading) (remaining|apt)|I: installing remaining packages/, 30, 'packages'],
  [/^lab-step: /, 80, 'setup'],
  [/I: creating tarball/, 90, 'archive'],
];

/** Share of the whole that unpacking and configuring the packages takes. */
const installing = { from: 30, to: 80 };

/**
 * Turns the output of mmdebstrap into a percentage that only grows. Feed it line by line.
 * @param {(percent: number, step: string) => void} report
 * @returns {(line: string) => void}
 */
export function progressReader(report) {
  let percent = 0;
  let step = 'packages';
  let expected = 0;
  let seen = 0;
  const advance = (to, name) => {
    if (to <= percent && name === step) return;
    percent = Math.max(percent, Math.round(to));
    step = name;
    report(percent, step);
  };
  return (line) => {
    const planned = /(\d+) newly installed/.exec(line);
    if (planned) {
      expected = 2 * Number(planned[1]);
      seen = 0;
    } else if (/^(Unpacking|Setting up) /.test(line) && expected > 0) {
      seen += 1;
      if (percent >= installing.from) {
        advance(installing.from + (installing.to - installing.from) * Math.min(1, seen / expected), 'packages');
      }
    }
    const phase = phases.find(([pattern]) => pattern.test(line));
    if (phase) advance(phase[1], line.startsWith('lab-step: ') ? line.slice('lab-step: '.length) : phase[2]);
  };
}
