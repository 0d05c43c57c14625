import type Docker from 'dockerode';
import type { EngineFacts } from '../engine/engine-facts.js';

/** What drivers and image stores are constructed with. */
export type DriverContext = {
  engine: Docker;
  facts: EngineFacts;
  instance: string;
  /** Absolute; the runtime's own folder (sessions, images, engine). */
  dataDir: string;
  /** Where `npm start` builds the project's own images. */
  builtinImagesDir: string;
};
