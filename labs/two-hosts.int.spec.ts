import { afterAll, beforeAll, expect, it } from 'vitest';
import { LabChecks } from './checks.js';
import { runLab, type LabRun } from './lab-run.js';

let lab: LabRun;
let checks: LabChecks;
beforeAll(async () => {
  lab = await runLab('two-hosts', ['terminal', 'desktop', 'small-vm', 'vm-launcher']);
  checks = new LabChecks(lab, 'two-hosts', {});
}, 600_000);
afterAll(() => lab?.end());

/** What a learner does on the workstation in the steps about packets. */
const work: Record<string, string> = {
  record: 'tcpdump -n -r recording.pcap icmp | grep reply > replies.txt',
  visit: `tcpdump -n -A -r recording.pcap tcp port 80 | grep -o 'Basic [A-Za-z0-9=]*' | cut -d' ' -f2 | base64 -d > login.txt`,
};

it.each(Object.entries(work))('has a check of the step %s that passes when it is done', async (step, command) => {
  expect(await checks.pass(step), 'before').toEqual([false]);
  expect(await lab.sh('attacker', `cd /home/lab; ${command}`)).toMatchObject({ exitCode: 0 });
  expect(await checks.pass(step), 'after').toEqual([true]);
});

it('lets nobody record packets on the workstation, and counts them for everybody', async () => {
  const { exitCode, stderr } = await lab.sh('attacker', 'timeout 10 tcpdump -i any');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("don't have permission") });
  const { stdout } = await lab.sh('attacker', 'ping -c3 server > /dev/null; nstat -a | grep IcmpMsg');
  expect(stdout).toMatch(/^IcmpMsgInType0\s+3 .*\nIcmpMsgOutType8\s+3 /m);
});

it('asks of a cluster nothing but one network, and no rights', () => {
  const containers = lab.session.systems.filter((system) => system.kind === 'container');
  expect(lab.session.networks).toHaveLength(1);
  expect(containers.map(({ forwarding, root }) => ({ forwarding, root }))).toEqual([
    { forwarding: false, root: false },
    { forwarding: false, root: false },
  ]);
});
