/** One interface of a system: known before its container exists, the same after every restart. */
export type Attachment = {
  /** Name of the lab network. */
  network: string;
  /** Name of the engine's network, a bridge on the host. */
  engineNetwork: string;
  address: string;
  prefixLength: number;
  /** The bridge's address on the host; also the name server of the network. */
  gateway: string;
  mac: string;
  internet: boolean;
};

/** Where a system lives: its own folder on the host and its interfaces. */
export type SystemPlace = {
  sessionId: string;
  system: string;
  generation: number;
  /** `<dataDir>/sessions/<sessionId>/<system>`: exists, mode 0700, removed with the session. */
  folder: string;
  /** In the order of `system.networks`; the first has the default route. Interface n is `eth<n>` in the container. */
  attachments: Attachment[];
};
