import { describe, expect, it } from 'vitest';
import { containersConf } from './containers-conf.js';
import { hardLimit } from './host-facts.js';

describe('containersConf', () => {
  it('is written for a host without systemd whose limits cannot be raised', () => {
    const conf = containersConf({ runtime: 'runc', systemd: false, openFiles: 20_000, processes: 32_768 });
    expect(conf).toMatchInlineSnapshot(`
      "[containers]
      base_hosts_file = "none"
      default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
      log_driver = "k8s-file"
      log_size_max = 1048576

      [engine]
      runtime = "runc"
      cgroup_manager = "cgroupfs"
      events_logger = "file"
      "
    `);
  });

  it('names the init of a host that has one', () => {
    const conf = containersConf({ runtime: 'crun', systemd: true, openFiles: 1, processes: 1, init: '/usr/bin/tini' });
    expect(conf).toContain('init_path = "/usr/bin/tini"');
    expect(conf).toContain('cgroup_manager = "systemd"');
  });

  it('reads hard limits', () => {
    const limits =
      'Limit    Soft Limit   Hard Limit   Units\nMax processes     10    20    processes\nMax open files    unlimited    unlimited    files\n';
    expect(hardLimit(limits, 'Max processes')).toBe(20);
    expect(hardLimit(limits, 'Max open files')).toBe(Number.MAX_SAFE_INTEGER);
  });
});
