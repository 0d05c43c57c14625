import { z } from 'zod';
import { RuntimeError } from '../../port/runtime-error.js';
import { qmp } from './qmp-client.js';

const qmpTimeoutMs = 3000;
const Chardevs = z.array(z.object({ label: z.string(), 'frontend-open': z.boolean() }));

/**
 * Whether somebody in the guest has opened the agent's port, as the emulator sees it: so a guest without an agent, or one
 * that still boots, is told apart at once from one that is slow.
 * @throws RuntimeError `unreachable` when nobody listens there
 */
export async function requireAgent(qmpPath: string): Promise<void> {
  const chardevs = await qmp(qmpPath, [{ execute: 'query-chardev' }], qmpTimeoutMs)
    .then(([answer]) => Chardevs.parse(answer))
    .catch((cause: unknown) => {
      throw new RuntimeError('unreachable', 'The virtual machine does not run yet.', true, { cause });
    });
  const isOpen = chardevs.find(({ label }) => label === 'agent')?.['frontend-open'];
  if (!isOpen)
    throw new RuntimeError('unreachable', 'No guest agent runs in the virtual machine, or it still boots.', true);
}
