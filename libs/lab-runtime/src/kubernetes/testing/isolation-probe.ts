/** One thing that a lab must not reach. */
export type Target = {
  name: string;
  host: string;
  port: number;
  protocol?: 'tcp' | 'udp';
  /** Who gets there: pods without policies, or members of its own network alone, or nobody in a test cluster. */
  answers: 'anybody' | 'members' | 'nobody';
};

/** Where the probe writes what it reached; a pod's root file system may be read-only, this never is. */
export const hitsFile = '/tmp/hits';

/**
 * Tries all targets at once, again and again from its first moment on, with nothing but busybox. Each line of the
 * result is the number of a target that accepted a connection; the last line says how many rounds were made.
 */
export function probeScript(targets: readonly Target[], rounds: number): string {
  const tries = targets.map(({ host, port, protocol }, index) =>
    protocol === 'udp'
      ? `(timeout 2 tftp -g -r x -l /dev/null ${host} ${port}) >/dev/null 2>&1 &`
      : `(timeout 3 nc -w 2 ${host} ${port} -e true </dev/null >/dev/null 2>&1 && echo ${index} >>${hitsFile}) &`,
  );
  return [
    `: >${hitsFile}`,
    `round=0`,
    `while [ $round -lt ${rounds} ]; do`,
    ...tries,
    `wait`,
    `round=$((round + 1))`,
    `echo round $round >>${hitsFile}`,
    `done`,
  ].join('\n');
}

/** What a probe reached, and how often it tried everything. */
export function readHits(text: string): { reached: Set<number>; rounds: number } {
  const reached = new Set<number>();
  let rounds = 0;
  for (const line of text.split(/\r?\n/)) {
    if (/^\d+$/.test(line.trim())) reached.add(Number(line));
    const round = /^round (\d+)/.exec(line.trim())?.[1];
    if (round !== undefined) rounds = Number(round);
  }
  return { reached, rounds };
}
