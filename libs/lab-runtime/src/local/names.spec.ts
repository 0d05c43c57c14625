import { describe, expect, it } from 'vitest';
import { bridgeName, bridgePrefix, containerName, firewallTable, macAddress, networkName, slotOf } from './names.js';

const sessionId = '11111111-1111-4111-8111-111111111111';
const longest = { instance: 'a'.repeat(20), name: 'b'.repeat(40) };

describe('names', () => {
  it('are computed, so that a second run finds the work of the first', () => {
    expect(containerName('main', sessionId, 'server')).toBe(`lab-main-${sessionId}-server`);
    expect(networkName('main', sessionId, 'lan')).toBe(`lab-main-${sessionId}-lan`);
    expect(bridgeName('main', sessionId, 'lan')).toBe('lbnoazlg6hjitvm');
    expect(macAddress(sessionId, 'server', 'lan')).toBe(macAddress(sessionId, 'server', 'lan'));
  });

  it.each([
    ['container', containerName(longest.instance, sessionId, longest.name), 128],
    ['network', networkName(longest.instance, sessionId, longest.name), 128],
    ['bridge', bridgeName(longest.instance, sessionId, longest.name), 15],
  ])('of a %s stay within their limit', (_kind, name, limit) => {
    expect(name.length).toBeLessThanOrEqual(limit);
  });

  it('of bridges begin with what the firewall matches', () => {
    expect(bridgeName('main', sessionId, 'lan').startsWith(bridgePrefix('main'))).toBe(true);
    expect(bridgePrefix('main')).not.toBe(bridgePrefix('test'));
  });

  it('of tables hold no dash', () => {
    expect(firewallTable('my-lab-1')).toBe('lab_my_lab_1');
  });

  it('of interfaces are local unicast addresses', () => {
    expect(macAddress(sessionId, 'server', 'lan')).toMatch(/^02(:[0-9a-f]{2}){5}$/);
    expect(macAddress(sessionId, 'server', 'lan')).not.toBe(macAddress(sessionId, 'server', 'dmz'));
  });

  it('spread slots over the whole pool', () => {
    const slots = new Set(Array.from({ length: 200 }, (_, index) => slotOf(`key ${index}`, 1024)));
    expect(slots.size).toBeGreaterThan(150);
  });
});
