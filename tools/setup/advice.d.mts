/** @param {string} text */
export function say(text: string): void;
/**
 * Runs the whole of a command and turns advice into a clear last line.
 * @param {() => Promise<number>} command answers with the exit code
 */
export function runCommand(command: () => Promise<number>): Promise<void>;
/** Something the person at the keyboard can put right: shown as its message only, without a stack. */
export class Advice extends Error {
}
//# sourceMappingURL=advice.d.mts.map