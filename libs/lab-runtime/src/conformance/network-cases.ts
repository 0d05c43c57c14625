import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConformanceSubject, Lack } from './subject.js';
import { container, session } from './subject.js';
import { removed, sh, started } from './steps.js';

/** Answers every request on port 80. */
const answer = '#!/bin/sh\nread -r line\nprintf "HTTP/1.0 200 OK\\r\\n\\r\\nhello"\n';
const web = {
  access: [{ name: 'site', kind: 'web' as const, port: 80, path: '/' }],
  command: ['socat', 'TCP-LISTEN:80,reuseaddr,fork', 'EXEC:/home/lab/answer'],
  files: [{ path: '/home/lab/answer', contentBase64: Buffer.from(answer).toString('base64'), mode: '0755' }],
};

/** Prints the targets (`host/port`) that accept a connection within two seconds. */
const probe = (targets: string[]) =>
  `for t in ${targets.join(' ')}; do (timeout 2 bash -c "exec 3<>/dev/tcp/$t" 2>/dev/null && echo open $t) & done; wait`;

export function describeNetworks(subject: () => ConformanceSubject): void {
  describe('networks of a session', () => {
    let spec: ReturnType<typeof session>;
    let other: ReturnType<typeof session>;
    const address: Record<string, Record<string, string>> = {};
    const lacks = (lack: Lack) => subject().lacks?.has(lack) === true;

    beforeAll(async () => {
      const systems = [
        container(subject(), 'client'),
        container(subject(), 'router', { networks: ['lan', 'dmz'], forwarding: !lacks('forwarding') }),
        container(subject(), 'web', { networks: ['dmz'], ...web }),
      ];
      const networks = [
        { name: 'lan', internet: false },
        { name: 'dmz', internet: true },
      ];
      spec = session(systems, { networks });
      other = session([container(subject(), 'client', web)]);
      const [ours, theirs] = await Promise.all([started(subject().runtime, spec), started(subject().runtime, other)]);
      for (const system of ours) address[system.name] = system.addresses;
      address['other'] = theirs[0]?.addresses ?? {};
    });
    afterAll(async () => {
      await removed(subject().runtime, spec.sessionId);
      await removed(subject().runtime, other.sessionId);
    });

    it.each([
      ['client', 'router'],
      ['router', 'client'],
      ['router', 'web'],
      ['web', 'router'],
    ])('lets %s reach %s by name', async (from, to) => {
      const pinged = await sh(subject().runtime, spec, from, `ping -c1 -W2 ${to}`);
      expect(pinged).toMatchObject({ exitCode: 0 });
    });

    it('keeps networks of one lab apart, except through the router', async () => {
      const { runtime } = subject();
      const direct = await sh(runtime, spec, 'client', `ping -c1 -W1 ${address['web']?.['dmz']}`);
      expect(direct.exitCode).not.toBe(0);
      const named = await sh(runtime, spec, 'client', 'getent hosts web');
      expect(named.exitCode === 0).toBe(lacks('names by network'));
      expect((await sh(runtime, spec, 'router', 'curl -sS -o /dev/null -w "%{http_code}" http://web/')).stdout).toBe(
        '200',
      );
    });

    it('gives the router its own interfaces, in order, and forwarding in its own namespace', async ({ skip }) => {
      if (lacks('forwarding')) skip('this runtime cannot');
      const seen = await sh(
        subject().runtime,
        spec,
        'router',
        'ip -4 -o addr show eth0; ip -4 -o addr show eth1; cat /proc/sys/net/ipv4/ip_forward; id -u; ip link add probe type dummy && echo may',
      );
      expect(seen.stdout).toContain(`${address['router']?.['lan']}/`);
      expect(seen.stdout.indexOf(address['router']?.['lan'] ?? '?')).toBeLessThan(
        seen.stdout.indexOf(address['router']?.['dmz'] ?? '?'),
      );
      expect(seen.stdout).toMatch(/\n1\n0\n/);
      // Root of the container, nobody of the host.
      const map = await sh(subject().runtime, spec, 'router', 'cat /proc/self/uid_map');
      expect(Number(map.stdout.trim().split(/\s+/)[1])).toBeGreaterThan(65_535);
    });

    it.each(['client', 'web', 'router'])('does not let %s out of its session', async (from) => {
      const targets = [
        ...subject().forbidden.map(({ host, port }) => `${host}/${port}`),
        `${address['other']?.['lan']}/80`,
        '169.254.169.254/80',
        // The host's address on the system's own networks, where names are answered and nothing else.
        ...subject().forbidden.map(({ port }) => `$gateway/${port}`),
      ];
      const gateways = `for gateway in $(awk '/^nameserver/ { print $2 }' /etc/resolv.conf); do ${probe(targets)}; done`;
      const result = await sh(subject().runtime, spec, from, gateways);
      expect(result.stdout).toBe('');
      expect(result.timedOut).toBe(false);
    });

    it.each(['client', 'web', 'router'])('gives %s no way out by IPv6', async (from) => {
      const seen = await sh(
        subject().runtime,
        spec,
        from,
        `${lacks('no address of IPv6') ? 'true' : 'cat /proc/net/if_inet6 2>/dev/null | grep -v " lo$"'}; timeout 2 bash -c "exec 3<>/dev/tcp/2606:4700:4700::1111/53" 2>/dev/null && echo open`,
      );
      expect(seen.stdout).toBe('');
    });

    it('does not pass questions for outside names on from a closed network', async () => {
      const asked = await sh(subject().runtime, spec, 'client', 'timeout 5 getent hosts example.com; echo end');
      expect(asked.stdout).toBe('end\n');
    });

    it('leads a console to a web port, in both directions', async () => {
      const { runtime } = subject();
      const port = await runtime.open({ sessionId: spec.sessionId, system: 'web', channel: 'port', port: 80 });
      port.end('GET / HTTP/1.0\r\n\r\n');
      const chunks: Buffer[] = [];
      for await (const chunk of port) chunks.push(Buffer.from(chunk));
      expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.0 200 OK.*hello$/s);
    });

    it('says so when nobody listens at a port', async () => {
      const { runtime } = subject();
      // A cluster says it a moment later, as the error of the stream.
      const refused = async () => {
        const port = await runtime.open({ sessionId: spec.sessionId, system: 'web', channel: 'port', port: 81 });
        await once(port.resume(), 'end');
      };
      await expect(refused()).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    });
  });
}
