import { note } from './steps.ts';

/** One Ctrl-C reaches us from the terminal and again from npm and `start.mjs`. */
const SAME_KEY_MS = 1000;

/** Resolves when somebody wants us to stop. A second wish later on ends everything at once. */
export function untilAsked(): Promise<string> {
  return new Promise((resolve) => {
    let firstAt = 0;
    const onSignal = (signal: string) => {
      if (firstAt === 0) {
        firstAt = performance.now();
        resolve(signal);
      } else if (performance.now() - firstAt > SAME_KEY_MS) {
        note('Ended without waiting.');
        // The kernel ends our children with us.
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => onSignal(signal));
    // The channel to `start.mjs` closes when that dies in any way.
    process.once('disconnect', () => onSignal('end of the parent process'));
  });
}
