import { describe, expect, it } from 'vitest';
import { baseRules, networkRemovals, networkRules } from './firewall-rules.js';
import { nameFile } from './name-file.js';

const network = { bridge: 'lbabcdefghijklm', gateway: '10.201.0.1', internet: false };

describe('firewall rules', () => {
  it('hold for every bridge of the installation before it exists', () => {
    expect(baseRules('main')).toMatchSnapshot();
  });

  it('open nothing but name queries and the network itself', () => {
    expect(networkRules('main', network)).toBe(
      'add element inet lab_main inside { "lbabcdefghijklm" . "lbabcdefghijklm" }\n' +
        'add element inet lab_main names { "lbabcdefghijklm" . 10.201.0.1 }\n',
    );
  });

  it('open the way out only for internet', () => {
    expect(networkRules('main', { ...network, internet: true })).toContain(
      'add element inet lab_main internet { "lbabcdefghijklm" }\n',
    );
  });

  it('take back each element they add', () => {
    const added = networkRules('main', { ...network, internet: true })
      .trim()
      .split('\n');
    const removed = networkRemovals('main', { ...network, internet: true }).map((line) => line.trim());
    expect(removed).toEqual(added.map((line) => line.replace('add', 'delete')));
  });
});

describe('nameFile', () => {
  it('lists the systems below the address to listen on', () => {
    expect(
      nameFile('10.201.0.1', [
        { name: 'alpha', addresses: ['10.201.0.10'] },
        { name: 'none', addresses: [] },
      ]),
    ).toBe('10.201.0.1\nalpha 10.201.0.10  alpha\n');
  });
});
