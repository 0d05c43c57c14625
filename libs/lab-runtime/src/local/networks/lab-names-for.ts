import type { EngineFacts } from '../engine/engine-facts.js';
import { engineNames, type LabNames } from './lab-names.js';

/** Name servers a lab has no use for would make every unknown name a long wait; this one refuses at once. */
const nobody = '127.0.0.1';

const hostsFileOnly: LabNames = { ...engineNames, serversFor: () => [nobody] };

/** The name service that fits the engine. */
export async function labNamesFor(facts: EngineFacts, _dataDir: string): Promise<LabNames> {
  return facts.product === 'docker' ? engineNames : hostsFileOnly;
}
