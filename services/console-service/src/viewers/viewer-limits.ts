/** How long and how far a viewer may fall behind. */
export type ViewerLimits = {
  /** Above this, a viewer counts as behind. */
  behindBytes: number;
  /** Above this it is dropped while others keep up. */
  dropBytes: number;
  /** A viewer that stays behind this long is dropped. */
  stallMs: number;
  /** How long a peer has to answer a close before its socket is cut. */
  closeMs: number;
};

/** With the kept screen and what is being read, a reader that stopped costs less than 1 MiB while it is alone. */
export const viewerLimits: ViewerLimits = { behindBytes: 1 << 19, dropBytes: 4 << 20, stallMs: 60_000, closeMs: 2_000 };
