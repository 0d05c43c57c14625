/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }>} Packages */
/**
 * The first locked package that is missing or has another version, or undefined when all are there.
 * @param {Packages} locked @param {Packages} installed
 */
export function firstDifference(locked: Packages, installed: Packages): string | undefined;
/**
 * Installs the npm dependencies when the lock file asks for others than are there.
 * @param {string} folder the checkout
 */
export function ensureNpmDependencies(folder: string): void;
export type Packages = Record<string, {
    version?: string;
    optional?: boolean;
    devOptional?: boolean;
    peer?: boolean;
    link?: boolean;
}>;
//# sourceMappingURL=npm-dependencies.d.mts.map