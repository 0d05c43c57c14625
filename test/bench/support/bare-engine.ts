import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';

/** Starts the same objects as the runtime with nothing in between; answers with how to remove them. */
export interface BareEngine {
  start(): Promise<() => Promise<void>>;
}

let subnets = 0;

/** A client that knows what it wants: a network, a container on it, a shell that answers. */
export function bareEngine(url: string, image: string): BareEngine {
  const engine = new Docker({ socketPath: url.replace('unix://', ''), version: 'v1.41' });
  return {
    async start() {
      const name = `bare-${randomBytes(6).toString('hex')}`;
      const third = subnets++ % 250;
      const network = await engine.createNetwork({
        Name: name,
        Driver: 'bridge',
        Internal: true,
        IPAM: { Config: [{ Subnet: `10.199.${third}.0/26`, Gateway: `10.199.${third}.1` }] },
      });
      const container = await engine.createContainer({
        name,
        Image: image,
        Hostname: 'alpha',
        HostConfig: {
          NetworkMode: name,
          CapDrop: ['ALL'],
          SecurityOpt: ['no-new-privileges'],
          Memory: 64 * 2 ** 20,
          MemorySwap: 64 * 2 ** 20,
          NanoCpus: 500_000_000,
          PidsLimit: 1024,
          Ulimits: [
            { Name: 'nofile', Soft: 4096, Hard: 4096 },
            { Name: 'nproc', Soft: 4096, Hard: 4096 },
          ],
        },
      });
      await container.start();
      while (!(await shellAnswers(container))) await sleep(20);
      return async () => {
        await container.remove({ force: true });
        await network.remove();
      };
    },
  };
}

async function shellAnswers(container: Docker.Container): Promise<boolean> {
  const exec = await container.exec({ Cmd: ['sh', '-c', 'command -v bash'], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  stream.resume();
  await new Promise((resolve) => stream.once('end', resolve));
  return (await exec.inspect()).ExitCode === 0;
}
