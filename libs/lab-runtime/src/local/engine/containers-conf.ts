/** What decides how Podman must be set up on a host. */
export type HostFacts = {
  /** `crun` refuses to start where it may not raise limits or on cgroup v1 hosts without a manager; runc does not. */
  runtime: 'crun' | 'runc';
  systemd: boolean;
  /** Hard limits of the process that starts the engine; containers cannot get more. */
  openFiles: number;
  processes: number;
  /** Path of an init that reaps zombies, if the host has one. */
  init?: string;
};

/** The private engine's `containers.conf` (given by CONTAINERS_CONF, so the host's own is left alone). */
export function containersConf(host: HostFacts): string {
  return [
    '[containers]',
    // The host's own names and addresses are no business of a lab.
    'base_hosts_file = "none"',
    `default_ulimits = ["nofile=${host.openFiles}:${host.openFiles}", "nproc=${host.processes}:${host.processes}"]`,
    'log_driver = "k8s-file"',
    // A lab that prints for ever must not fill the disk of the host.
    'log_size_max = 1048576',
    ...(host.init ? [`init_path = ${JSON.stringify(host.init)}`] : []),
    '',
    '[engine]',
    `runtime = "${host.runtime}"`,
    `cgroup_manager = "${host.systemd ? 'systemd' : 'cgroupfs'}"`,
    'events_logger = "file"',
    '',
  ].join('\n');
}
