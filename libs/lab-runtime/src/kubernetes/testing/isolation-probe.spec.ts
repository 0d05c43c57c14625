import { describe, expect, it } from 'vitest';
import { probeScript, readHits, type Target } from './isolation-probe.js';
import { isolationReport } from './isolation-report.js';

const targets: Target[] = [
  { name: 'a service', host: '10.0.0.1', port: 80, answers: 'anybody' },
  { name: 'a listener', host: '10.0.0.2', port: 69, protocol: 'udp', answers: 'anybody' },
  { name: 'metadata', host: '169.254.169.254', port: 80, answers: 'nobody' },
];

describe('the isolation probe', () => {
  it('tries everything in every round', () => {
    const script = probeScript(targets, 4);
    expect(script).toContain('nc -w 2 10.0.0.1 80');
    expect(script).toContain('tftp -g -r x -l /dev/null 10.0.0.2 69');
    expect(script).toContain('echo 2 >>/tmp/hits');
    expect(script).toContain('-lt 4');
  });

  it.each([
    ['nothing', '', [], 0],
    ['rounds without a hit', 'round 1\nround 2\n', [], 2],
    ['hits', '0\n2\nround 1\n2\nround 2\n', [0, 2], 2],
    ['what a serial console makes of it', '0\r\nround 1\r\ntiny-vm:~# ', [0], 1],
    ['noise', 'x 1\n1x\n', [], 0],
  ])('reads %s', (_, text, reached, rounds) => {
    expect(readHits(text)).toEqual({ reached: new Set(reached), rounds });
  });

  it('tells what is closed from what could not be shown', () => {
    const report = isolationReport({
      cluster: 'a cluster',
      rounds: 2,
      targets,
      columns: [
        { name: 'control', reached: new Set([0, 1]) },
        { name: 'container', reached: new Set([1]) },
      ],
      canaryHits: 0,
      notes: ['A note.'],
    });
    expect(report).toContain('| a service | reached | closed |');
    expect(report).toContain('| a listener | reached | reached |');
    expect(report).toContain('| metadata | – | – |');
    expect(report).toContain('- A note.');
  });
});
