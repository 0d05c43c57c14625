import { join } from 'node:path';
import type { EngineFacts } from '../engine/engine-facts.js';
import { findProgram } from '../engine/host-facts.js';
import { AardvarkNames } from './aardvark-names.js';
import { engineNames, type LabNames } from './lab-names.js';

/** A name server that nobody runs would make every unknown name a long wait; this one refuses at once. */
const nobody = '127.0.0.1';

const hostsFileOnly: LabNames = { ...engineNames, serversFor: () => [nobody] };

/** The name service that fits the engine; where there is none, the hosts files of containers have the names. */
export async function labNamesFor(facts: EngineFacts, dataDir: string): Promise<LabNames> {
  if (facts.product === 'docker') return engineNames;
  const program = await findProgram('aardvark-dns', process.env['PATH'] ?? '');
  return program ? new AardvarkNames(program, join(dataDir, 'names')) : hostsFileOnly;
}
