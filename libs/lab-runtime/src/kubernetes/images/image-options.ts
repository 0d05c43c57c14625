import type { ImageSpec } from '@lab-orchestrator/contracts';
import type { AddressPolicy } from '../../local/images/address-policy.js';
import type { OpenUpload } from '../../local/images/fetch-source.js';
import type { ClusterDns } from '../forge/dns-access.js';

/** Caps on one import. Images are written by strangers: each number bounds what one of them can cost. */
export type GoldenLimits = {
  /** Size of the first volume for an image of unknown size; one that is too small is replaced. */
  firstBytes: number;
  /** Size of a disk as the guest sees it. */
  virtualBytes: number;
  /** Bytes of an uploaded file. */
  uploadBytes: number;
  /** The whole import, in ms. */
  importTimeoutMs: number;
  /** Without any progress, in ms. */
  stallTimeoutMs: number;
  redirects: number;
};

const gib = 1024 ** 3;
export const defaultGoldenLimits: GoldenLimits = {
  firstBytes: gib,
  virtualBytes: 128 * gib,
  uploadBytes: 64 * gib,
  importTimeoutMs: 2 * 3_600_000,
  stallTimeoutMs: 300_000,
  redirects: 5,
};

export type ImageOptions = {
  instance: string;
  /** The reference a pod pulls a container image by. Throws for one that cannot be pulled. */
  imageReference(image: ImageSpec): string;
  /** References of containerDisks for the project's own disks, by name (`small-vm`). */
  builtinDisks: Readonly<Record<string, string>>;
  /** Opens uploaded files, which are then sent to CDI. */
  openUpload?: OpenUpload;
  /** Which addresses disks are fetched from. Default: public ones, over https. */
  policy?: AddressPolicy;
  /** Ranges that importers may reach although they are not public, e.g. a mirror in the data centre. */
  openRanges?: readonly string[];
  /** Ranges that importers may not reach although they are public: nodes, the API server. */
  closedRanges?: readonly string[];
  /** Whether a source is looked at from here before CDI fetches it. Default true; false where this process may not go out. */
  looksFirst?: boolean;
  /** Which pods answer names. */
  dns: ClusterDns;
  storageClass?: string;
  /**
   * Who pulls disks out of registries: the `node` as it pulls any image (its mirrors and credentials count), or an
   * importer `pod`, under the same policy as downloads. Default `node`.
   */
  registryPull?: 'node' | 'pod';
  /** Where CDI's own pods run. Default `cdi`. */
  cdiNamespace?: string;
  /** Where uploads go, and whom to trust there. Default: what CDI says itself. */
  uploadProxy?: { url: string; ca?: string };
  limits?: Partial<GoldenLimits>;
};
