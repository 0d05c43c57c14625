import { describe, expect, it } from 'vitest';
import { guestPrinted } from './guest-output.js';
import { type LookedAtVm, observeVm } from './observe-vm.js';
import { meaningOf, runStates } from './run-state.js';

const startedAtMs = 1_000_000;
const container: LookedAtVm['container'] = {
  id: 'c1',
  name: 'lab-x-server',
  sessionId: '0190163d-8694-739b-aea5-966c26f8ad90',
  system: 'server',
  kind: 'vm',
  generation: 1,
  userNamespace: false,
  cpus: 1,
  memoryBytes: 256 * 1024 ** 2,
  state: 'running',
  oomKilled: false,
  restarts: 0,
  startedAtMs,
  addresses: { lan: '10.0.0.2' },
};
const looked = (
  changes: Omit<Partial<LookedAtVm>, 'container'> & { container?: Partial<LookedAtVm['container']> },
): LookedAtVm => ({
  system: { name: 'server', ready: { timeoutS: 60 }, memoryBytes: 256 * 1024 ** 2, runStrategy: 'always' },
  emulator: 'running',
  ranBefore: false,
  answers: false,
  log: '',
  nowMs: startedAtMs + 5000,
  ...changes,
  container: { ...container, ...changes.container },
});
const system = (runStrategy: LookedAtVm['system']['runStrategy']) => ({ ...looked({}).system, runStrategy });
const late = startedAtMs + 61_000;

describe('what is seen of a VM', () => {
  it.each<[string, string, string, LookedAtVm]>([
    ['starting', 'disk', 'its container is made', looked({ container: { state: 'created' } })],
    [
      'starting',
      'disk',
      'it is created, to be rerun after failures',
      looked({ container: { state: 'created' }, system: system('rerunOnFailure') }),
    ],
    ['stopped', 'disk', 'it is halted', looked({ container: { state: 'created' }, system: system('halted') })],
    ['stopped', 'disk', 'it is started by hand', looked({ container: { state: 'created' }, system: system('manual') })],
    ['starting', 'disk', 'the launcher prepares', looked({ emulator: undefined })],
    ['starting', 'boot', 'the emulator is between two runs', looked({ emulator: undefined, ranBefore: true })],
    ['starting', 'boot', 'it boots', looked({})],
    ['ready', 'ready', 'it answers', looked({ answers: true })],
    ['ready', 'ready', 'it answers late', looked({ answers: true, nowMs: late })],
    ['broken', 'boot', 'it is late', looked({ nowMs: late })],
    ['broken', 'boot', 'it is late between two runs', looked({ emulator: undefined, ranBefore: true, nowMs: late })],
    [
      'starting',
      'boot',
      'it runs again after it was ready',
      looked({ emulator: 'shutdown', answers: true, nowMs: late }),
    ],
    ['paused', 'ready', 'it is paused', looked({ emulator: 'paused', answers: true, nowMs: late })],
    ['paused', 'boot', 'it was paused while booting', looked({ emulator: 'paused', nowMs: late })],
    ['paused', 'boot', 'the launcher was frozen', looked({ emulator: undefined, container: { state: 'paused' } })],
    ['stopped', 'boot', 'it sleeps', looked({ emulator: 'suspended' })],
    ['broken', 'boot', 'its disk is full', looked({ emulator: 'io-error', answers: true })],
    ['stopped', 'boot', 'it powered off', looked({ emulator: undefined, container: { state: 'exited', exitCode: 0 } })],
    ['broken', 'boot', 'it crashed', looked({ emulator: undefined, container: { state: 'exited', exitCode: 1 } })],
    ['broken', 'boot', 'the engine gave up', looked({ emulator: undefined, container: { state: 'dead' } })],
    ['absent', 'disk', 'it is being removed', looked({ container: { state: 'removing' } })],
    ['starting', 'disk', 'the engine restarts it', looked({ container: { state: 'restarting' } })],
  ])('%s in stage %s when %s', (state, stage, _when, seen) => {
    expect(observeVm(seen)).toMatchObject({ name: 'server', state, stage, addresses: { lan: '10.0.0.2' } });
  });

  it.each([
    ['not_ready_in_time', looked({ nowMs: late })],
    ['disk_full', looked({ emulator: 'io-error' })],
    ['guest_panicked', looked({ emulator: 'guest-panicked' })],
    ['vm_crashed', looked({ emulator: 'internal-error' })],
    ['vm_crashed', looked({ container: { state: 'exited', exitCode: 1 }, log: 'qemu: no such disk' })],
    ['out_of_memory', looked({ container: { state: 'exited', exitCode: 137, oomKilled: true } })],
  ])('gives the reason %s with advice', (code, seen) => {
    const { reason } = observeVm(seen);
    expect(reason).toMatchObject({ code, system: 'server' });
    expect(reason?.advice).not.toBe('');
    if (seen.log !== '') expect(reason?.text).toContain(seen.log);
  });

  it.each(runStates)('knows what QEMU means by %s', (state) => {
    expect(['running', 'paused', 'changing', 'stopped', 'broken']).toContain(meaningOf(state).is);
  });
});

describe('what a guest printed', () => {
  it.each([
    ['nothing', '', false],
    ['control codes', '\u001b[2J\u001b[01;01H\u001b[=3h', false],
    [
      'a failing UEFI',
      '\u001b[2JBdsDxe: failed to load Boot0001 "UEFI Misc Device" from PciRoot(0x0): Not Found\r\n',
      false,
    ],
    [
      'the UEFI shell',
      'UEFI Interactive Shell v2.2\r\nEDK II\r\nUEFI v2.70 (EDK II, 0x00010000)\r\nMapping table\r\nPress ESC in 5 seconds to skip startup.nsh\r\nShell> ',
      false,
    ],
    [
      'a BIOS',
      'SeaBIOS (version 1.16.2)\r\n\r\nBooting from Hard Disk...\r\nBoot failed: not a bootable disk\r\n\r\nNo bootable device.\r\n',
      false,
    ],
    ['a kernel', '[    0.000000] Linux version 6.1.0\r\n', true],
    ['a login', '\r\nserver login: ', true],
    ['a kernel after a BIOS', 'Booting from Hard Disk...\r\n\u001b[0m[    0.1] x86/fpu\r\n', true],
  ])('%s', (_what, output, printed) => expect(guestPrinted(output)).toBe(printed));
});
