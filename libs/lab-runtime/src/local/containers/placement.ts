import type { Attachment } from '../systems/system-place.js';

/** What the runtime adds to a driver's plan: who the container is, and where it is attached. */
export type Placement = {
  name: string;
  hostname: string;
  labels: Record<string, string>;
  attachments: Attachment[];
  /** Names of the systems it shares a network with, and their addresses. */
  hosts: Record<string, string>;
  /** Name servers, best first; empty leaves them to the engine. */
  nameServers: string[];
  /** First of an own range of 65,536 user ids on the host. */
  firstUserId: number;
  limits: { openFiles: number; processes: number };
};

export const userIdsPerRange = 65_536;
