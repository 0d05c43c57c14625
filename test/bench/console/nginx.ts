import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lab-orchestrator/dev';
import { Advice } from '../../../tools/setup/advice.mjs';
import { pinned } from '../support/cpus.ts';

export interface UpstreamPorts {
  plain: number;
  greedy: number;
}

export interface Nginx {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const program = ['/usr/sbin/nginx', 'nginx'].find((name) => spawnSync(name, ['-v']).status === 0);

/**
 * nginx as it stands before consoles in the field: one worker that passes WebSockets on to a server which speaks
 * WebSocket itself. It copies bytes and does not look into frames; only its own CPU time is counted.
 */
export async function startNginx(folder: string, ports: UpstreamPorts): Promise<Nginx> {
  if (program === undefined)
    throw new Advice('This bench compares with nginx: install it (Debian: apt-get install nginx-light).');
  const port = await freePort();
  const settings = join(folder, 'nginx.conf');
  writeFileSync(settings, settingsFor(folder, port, ports));
  const [command = '', ...words] = [
    ...pinned('measured'),
    program,
    '-p',
    folder,
    '-c',
    settings,
    '-e',
    join(folder, 'nginx.log'),
  ];
  const child: ChildProcess = spawn(command, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  for (;;) {
    const answers = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    await answers?.body?.cancel();
    if (answers !== undefined) break;
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function settingsFor(folder: string, port: number, { plain, greedy }: UpstreamPorts): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_read_timeout 3600s;
    proxy_send_timeout 3600s;
    # One frame of 16 KiB at a time instead of four pieces: faster than its default.
    proxy_buffering off;
    proxy_buffer_size 17k;
    proxy_buffers 4 17k;
    location / {
      proxy_pass http://127.0.0.1:${plain};
    }
    location /greedy- {
      proxy_pass http://127.0.0.1:${greedy};
    }
  }
}
`;
}
