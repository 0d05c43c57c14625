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
  const socketPath = url.replace('unix://', '');
  const engine = new Docker({ socketPath, version: 'v1.41' });
  const libpod = new Docker({ socketPath, version: 'v4.0.0' });
  return {
    async start() {
      const name = `bare-${randomBytes(6).toString('hex')}`;
      const third = subnets++ % 250;
      await post(libpod, '/libpod/networks/create', networkOf(name, third));
      const container = engine.getContainer(name);
      await post(libpod, '/libpod/containers/create', containerOf(name, third, image));
      await container.start();
      while (!(await shellAnswers(container))) await sleep(20);
      return async () => {
        await container.remove({ force: true, v: true });
        await engine.getNetwork(name).remove();
      };
    },
  };
}

const networkOf = (name: string, third: number) => ({
  name,
  driver: 'bridge',
  network_interface: `b${name.slice(-12)}`,
  internal: true,
  ipv6_enabled: false,
  dns_enabled: false,
  subnets: [{ subnet: `10.199.${third}.0/26`, gateway: `10.199.${third}.1` }],
  options: { isolate: 'true' },
});

/** What the runtime asks for, word by word: limits, rights, kernel settings, an init process. */
const containerOf = (name: string, third: number, image: string) => ({
  name,
  hostname: 'alpha',
  image,
  init: true,
  stop_timeout: 2,
  cap_drop: ['ALL'],
  no_new_privileges: true,
  sysctl: {
    'net.ipv4.ping_group_range': '0 65535',
    'net.ipv4.ip_unprivileged_port_start': '0',
    'net.ipv6.conf.all.disable_ipv6': '1',
    'net.ipv6.conf.default.disable_ipv6': '1',
  },
  mounts: [{ type: 'tmpfs', source: 'tmpfs', destination: '/run/lab', options: ['rw', 'size=16m', 'mode=1777'] }],
  resource_limits: {
    memory: { limit: 64 * 2 ** 20, swap: 64 * 2 ** 20 },
    cpu: { quota: 50_000, period: 100_000 },
    pids: { limit: 1024 },
  },
  r_limits: [
    { type: 'NOFILE', soft: 4096, hard: 4096 },
    { type: 'NPROC', soft: 4096, hard: 4096 },
    { type: 'CORE', soft: 0, hard: 0 },
  ],
  restart_policy: 'on-failure',
  restart_tries: 2,
  netns: { nsmode: 'bridge' },
  networks: { [name]: { static_ips: [`10.199.${third}.10`], interface_name: 'eth0' } },
  dns_server: ['127.0.0.1'],
});

function post(libpod: Docker, path: string, options: object): Promise<void> {
  const statusCodes = { 200: true, 201: true, 400: 'bad parameter', 409: 'conflict', 500: 'server error' };
  return new Promise((resolve, reject) => {
    libpod.modem.dial({ path, method: 'POST', options, statusCodes }, (error: unknown) =>
      error ? reject(error instanceof Error ? error : new Error(String(error))) : resolve(),
    );
  });
}

async function shellAnswers(container: Docker.Container): Promise<boolean> {
  const exec = await container.exec({ Cmd: ['sh', '-c', 'command -v bash'], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  stream.resume();
  await new Promise((resolve) => stream.once('end', resolve));
  return (await exec.inspect()).ExitCode === 0;
}
