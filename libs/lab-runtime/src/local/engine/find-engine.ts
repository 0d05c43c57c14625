import { pings } from './engine-client.js';

export type EngineEnvironment = { LAB_ENGINE_URL?: string; DOCKER_HOST?: string; XDG_RUNTIME_DIR?: string };

/** Where an engine may listen, best first. One that is named is meant: nothing else is tried then. */
export function engineCandidates(env: EngineEnvironment): string[] {
  if (env.LAB_ENGINE_URL) return [env.LAB_ENGINE_URL];
  if (env.DOCKER_HOST) return [env.DOCKER_HOST];
  return [
    'unix:///var/run/docker.sock',
    'unix:///run/podman/podman.sock',
    ...(env.XDG_RUNTIME_DIR ? [`unix://${env.XDG_RUNTIME_DIR}/podman/podman.sock`] : []),
  ];
}

/** The first engine that answers, or undefined: then {@link startEngine} starts a private one. */
export async function findEngine(env: EngineEnvironment): Promise<string | undefined> {
  for (const url of engineCandidates(env)) {
    if (await pings(url)) return url;
  }
  return undefined;
}
