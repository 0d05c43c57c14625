import type Docker from 'dockerode';
import { z } from 'zod';
import { label } from '../names.js';
import { engineStates, type ContainerFacts, type EngineState } from '../systems/container-facts.js';

const Addresses = z.record(z.string(), z.string());
const podmanStates: Record<string, EngineState> = {
  configured: 'created',
  initialized: 'created',
  stopped: 'exited',
  stopping: 'exited',
};

/** The engine's list entry as facts; undefined for a container that is none of ours. */
export function readFacts(info: Docker.ContainerInfo): ContainerFacts | undefined {
  const sessionId = info.Labels[label.session];
  const system = info.Labels[label.system];
  if (sessionId === undefined || system === undefined) return undefined;
  return {
    id: info.Id,
    name: (info.Names[0] ?? '').replace(/^\//, ''),
    sessionId,
    system,
    kind: info.Labels[label.kind] === 'vm' ? 'vm' : 'container',
    generation: Number(info.Labels[label.generation] ?? 0),
    userNamespace: info.Labels[label.userNamespace] === 'true',
    state: readState(info.State),
    cpus: Number(info.Labels[label.cpus] ?? 0),
    memoryBytes: Number(info.Labels[label.memoryBytes] ?? 0),
    oomKilled: false,
    restarts: 0,
    addresses: Addresses.catch({}).parse(parseJson(info.Labels[label.addresses])),
  };
}

/** What only an inspection tells: why it is not running, and since when it is. */
export function withInspection(facts: ContainerFacts, info: Docker.ContainerInspectInfo): ContainerFacts {
  const startedAtMs = Date.parse(info.State.StartedAt);
  return {
    ...facts,
    state: readState(info.State.Status),
    exitCode: info.State.Running ? undefined : info.State.ExitCode,
    oomKilled: info.State.OOMKilled,
    restarts: info.RestartCount,
    startedAtMs: startedAtMs > 0 ? startedAtMs : undefined,
  };
}

/** An engine state nobody has heard of must not look healthy. */
export function readState(state: string): EngineState {
  return engineStates.find((known) => known === state) ?? podmanStates[state] ?? 'dead';
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}
