import type { AddressPolicy } from './address-policy.js';

const gib = 1024 ** 3;

/** Caps on one import. Images are written by strangers: each number bounds what one of them can cost. */
export type ImportLimits = {
  /** Bytes fetched from the source. */
  downloadBytes: number;
  /** Bytes after gunzip or xz. */
  unpackedBytes: number;
  /** Size of the disk as the guest sees it. */
  virtualBytes: number;
  /** The whole download. */
  downloadTimeoutMs: number;
  /** Without a single byte. */
  stallTimeoutMs: number;
  /** Reading, checking and converting the disk. */
  convertTimeoutMs: number;
  redirects: number;
};

export const defaultImportLimits: ImportLimits = {
  downloadBytes: 20 * gib,
  unpackedBytes: 64 * gib,
  virtualBytes: 128 * gib,
  downloadTimeoutMs: 3_600_000,
  stallTimeoutMs: 30_000,
  convertTimeoutMs: 1_800_000,
  redirects: 5,
};

export const publicHttpsOnly: AddressPolicy = { allowHttp: false, allowPrivate: false, allowedHosts: [] };
