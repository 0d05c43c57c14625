import { createHash } from 'node:crypto';
import type { VmSystemSpec } from '@lab-orchestrator/contracts';

/** Files of a NoCloud seed (volume label CIDATA), by name; empty when the lab gives no cloud-init. */
export function seedFiles(sessionId: string, system: VmSystemSpec): Record<string, string> {
  if (!system.cloudInit) return {};
  const { userData, networkData } = system.cloudInit;
  return {
    'user-data': userData,
    'meta-data': `${JSON.stringify({ 'instance-id': instanceId(sessionId, system.name), 'local-hostname': system.name })}\n`,
    ...(networkData ? { 'network-config': networkData } : {}),
  };
}

/** The same over restarts, so that cloud-init does its first-boot work once. */
export function instanceId(sessionId: string, system: string): string {
  return `i-${createHash('sha256').update(`${sessionId}/${system}`).digest('hex').slice(0, 17)}`;
}
