/** @param {string} version such as `v20.11.1` */
export function majorOf(version: string): number;
export function requireNodeForSetup(): void;
/**
 * The Node.js that runs the product: the one npm installed, or ours when it is new enough.
 * @param {string} folder the checkout
 */
export function nodeProgram(folder: string): string;
/**
 * Goes on in the product's Node.js and answers with its exit code. The open channel tells the child when we die.
 * @param {string} folder the checkout @param {string} script @param {string[]} args
 * @returns {Promise<number>}
 */
export function continueIn(folder: string, script: string, args: string[]): Promise<number>;
//# sourceMappingURL=node-program.d.mts.map