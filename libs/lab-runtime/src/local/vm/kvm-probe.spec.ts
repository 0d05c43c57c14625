import { expect, it } from 'vitest';
import { isWorthUsing } from './kvm-probe.js';

it.each([
  ['as fast as emulation', 390, 400, true],
  ['nested, several exits for each access to a device', 1_900, 400, true],
  ['on a busy machine, where both are slow', 4_000, 900, true],
  ['fast, and nothing to compare with', 300, undefined, true],
  ['so slow that a kernel never gets anywhere', 6_800, 390, false],
  ['slow, and nothing to compare with', 6_800, undefined, false],
  ['hanging', undefined, 390, false],
])('KVM is used by how fast it is: %s', (_, kvmMs, emulatedMs, used) => {
  expect(isWorthUsing(kvmMs, emulatedMs)).toBe(used);
});
