import type Docker from 'dockerode';
import type { ContainerFacts } from '../systems/container-facts.js';
import { isNotFound, messageOf, translated } from './engine-errors.js';

/** Freezes all processes of the container; one that is frozen or does not run is left as it is. */
export async function freezeContainer(engine: Docker, container: ContainerFacts): Promise<void> {
  if (container.state !== 'running') return;
  await translated('Pausing', () => engine.getContainer(container.id).pause()).catch(
    unlessAlready(/already paused|is paused|not running/),
  );
}

export async function thawContainer(engine: Docker, container: ContainerFacts): Promise<void> {
  if (container.state !== 'paused') return;
  await translated('Resuming', () => engine.getContainer(container.id).unpause()).catch(unlessAlready(/not paused/));
}

/** Restarts it; a frozen one is thawed first, because engines refuse otherwise. */
export async function restartContainer(engine: Docker, container: ContainerFacts): Promise<void> {
  await thawContainer(engine, container);
  await engine.getContainer(container.id).restart({ t: 2 });
}

const frameHeaderBytes = 8;

/** The last lines a container wrote, for the reason of its end. */
export async function lastLogLines(engine: Docker, id: string, lines = 5): Promise<string> {
  try {
    const log = await engine.getContainer(id).logs({ stdout: true, stderr: true, tail: lines });
    return deframe(Buffer.from(log)).trim().slice(-1000);
  } catch (error) {
    if (isNotFound(error)) return '';
    throw error;
  }
}

/** Takes the engine's frames off a complete log. */
export function deframe(log: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + frameHeaderBytes <= log.length;) {
    const length = log.readUInt32BE(at + 4);
    parts.push(log.subarray(at + frameHeaderBytes, at + frameHeaderBytes + length));
    at += frameHeaderBytes + length;
  }
  return Buffer.concat(parts).toString();
}

function unlessAlready(pattern: RegExp): (error: unknown) => void {
  return (error) => {
    if (!pattern.test(messageOf(error))) throw error;
  };
}
