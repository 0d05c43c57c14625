import { afterAll, beforeAll, expect, it } from 'vitest';
import { LabChecks } from './checks.js';
import { runLab, type LabRun } from './lab-run.js';

let lab: LabRun;
let checks: LabChecks;
beforeAll(async () => {
  lab = await runLab('dmz', ['terminal']);
  const { systems } = await lab.runtime.observe(lab.session);
  const { dmz: address = '' } = systems.find(({ name }) => name === 'web')?.addresses ?? {};
  checks = new LabChecks(lab, 'dmz', { 'system.web.address': address });
}, 600_000);
afterAll(() => lab?.end());

const fetchPage = (system: string, url: string) => lab.sh(system, `curl -fsS --max-time 3 ${url}`);
const load = 'lab-firewall --once /etc/nftables.conf web scanner';

it('publishes the web server on port 80 of the firewall, and nothing else', async () => {
  const page = await fetchPage('client', 'http://firewall/');
  expect(page.stdout).toContain('Harbour office');
  expect((await fetchPage('client', 'http://firewall:9090/')).exitCode).not.toBe(0);
  expect((await fetchPage('client', 'http://firewall:8080/')).exitCode).not.toBe(0);
  expect((await lab.sh('client', 'getent hosts web')).exitCode).not.toBe(0);
  expect((await lab.sh('client', 'nmap -oG - firewall')).stdout).toMatch(/Ports: 80\/open\/tcp\/\/http\/\/\/\t/);
});

it('lets its administrator read the rules and watch the packets', async () => {
  const rules = await lab.sh('firewall', 'nft list ruleset');
  expect(rules.stdout).toMatch(/dnat to [\d.]+:8080/);
  const recording = lab.sh('firewall', 'timeout 15 tcpdump -n -i any -c 4 tcp port 8080 2>&1');
  await lab.sh('client', 'for i in 1 2 3 4; do curl -s http://firewall/ > /dev/null; sleep 1; done');
  expect(await recording).toMatchObject({ stdout: expect.stringMatching(/\.8080: Flags \[S\]/) });
});

it('has checks of reading that pass when it was read', async () => {
  const work: Array<[step: string, system: string, command: string]> = [
    ['back', 'client', "nmap -oG - firewall | grep -o '[0-9]*/open' | cut -d/ -f1 > ports.txt"],
    ['route', 'firewall', 'ip route get $(getent hosts web | cut -d" " -f1) > /tmp/route.txt'],
  ];
  for (const [step, system, command] of work) {
    expect(await checks.pass(step), `${step} before`).toEqual([false]);
    const done = await lab.sh(system, `cd /home/lab; ${command}`);
    expect(await checks.pass(step), `${step} after ${JSON.stringify(done)}`).toEqual([true]);
  }
  expect(await checks.pass('front')).toEqual([true]);
  const recording = lab.sh('firewall', 'timeout 15 tcpdump -n -i any -c 12 -w /tmp/web.pcap tcp port 80 or tcp port 8080');
  await lab.sh('client', 'for i in 1 2 3 4; do curl -s http://firewall/ > /dev/null; sleep 1; done');
  await recording;
  expect(await checks.pass('watch')).toEqual([true]);
  expect(await checks.pass('publish')).toEqual([false]);
  expect(await checks.pass('exclude')).toEqual([false, true]);
}, 120_000);

it('can be taught to publish a second port and to keep one neighbour out', async () => {
  const edit = [
    's/tcp dport 8080 counter accept/tcp dport { 8080, 9090 } counter accept/',
    's/^( *)(fib .*) dport 80 (.*):8080$/\\1\\2 dport 80 \\3:8080\\n\\1\\2 dport 9090 \\3:9090/',
    's/^( *)ct state .*/&\\n\\1ip saddr $scanner counter drop/',
  ];
  await lab.sh('firewall', `sed -E -i ${edit.map((each) => `-e '${each}'`).join(' ')} /etc/nftables.conf`);
  expect(await lab.sh('firewall', load)).toMatchObject({ exitCode: 0 });
  expect((await fetchPage('client', 'http://firewall:9090/')).stdout).toContain('Administration');
  expect((await fetchPage('client', 'http://firewall/')).stdout).toContain('Harbour office');
  expect((await fetchPage('scanner', 'http://firewall/')).exitCode).not.toBe(0);
  expect(await checks.pass('publish')).toEqual([true]);
  expect(await checks.pass('exclude')).toEqual([true, true]);
});

it('keeps the old rules when the file has a mistake', async () => {
  await lab.sh('firewall', 'cp /etc/nftables.conf /tmp/good && echo "table inet filter { nonsense }" >> /etc/nftables.conf');
  expect((await lab.sh('firewall', load)).exitCode).not.toBe(0);
  expect((await fetchPage('client', 'http://firewall/')).stdout).toContain('Harbour office');
});
