import type { AccessSpec, ContainerSystemSpec } from '@lab-orchestrator/contracts';
import type Docker from 'dockerode';
import { execInContainer } from '../engine/exec.js';
import type { ContainerFacts } from '../systems/container-facts.js';
import { tcpAnswers } from '../systems/probe.js';
import { desktopSocket } from './open-console.js';

/** Asks a running system's access entries (or the one port its lab names) whether they answer. */
export class Answers {
  /** Entries that answered once, by container: a shell that could be started stays startable. */
  private readonly known = new Map<string, Set<string>>();

  constructor(private readonly engine: Docker) {}

  async all(system: ContainerSystemSpec, container: ContainerFacts): Promise<boolean> {
    const address = Object.values(container.addresses)[0] ?? '';
    if (system.ready.tcp !== undefined) return tcpAnswers(address, system.ready.tcp);
    const answers = await Promise.all(system.access.map((entry) => this.one(entry, container, address)));
    return answers.every(Boolean);
  }

  forget(container: string): void {
    this.known.delete(container);
  }

  private async one(entry: AccessSpec, container: ContainerFacts, address: string): Promise<boolean> {
    if (entry.kind === 'web') return tcpAnswers(address, entry.port);
    if (entry.kind === 'serial') return false;
    const known = this.known.get(container.id) ?? new Set();
    if (known.has(entry.name)) return true;
    const probe = entry.kind === 'terminal' ? shellProbe(entry.command[0] ?? 'sh') : desktopProbe;
    const result = await execInContainer(this.engine, container.id, probe, {
      timeoutMs: 5000,
      maxOutputBytes: 64,
    }).catch(() => undefined);
    const answers = result?.exitCode === 0 && (entry.kind === 'terminal' || result.stdout.startsWith('RFB '));
    if (answers) this.known.set(container.id, known.add(entry.name));
    return answers;
  }
}

function shellProbe(program: string): string[] {
  return ['sh', '-c', 'command -v -- "$1"', 'sh', program];
}

/** A VNC server speaks first: `RFB 003.008`. */
const desktopProbe = ['sh', '-c', `socat -u -T 2 UNIX-CONNECT:${desktopSocket} - | head -c 12`];
