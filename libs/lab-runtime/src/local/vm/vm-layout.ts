/** Paths inside a launcher container. Short on purpose: the sockets among them are bound by the 108-byte limit. */
export const inside = {
  /** Our files: the scripts and what they read. Read-only for the emulator. */
  plan: '/lab',
  seed: '/lab/seed',
  /** Golden disks, one file each, read-only. */
  golden: '/golden',
  /** This VM's own disks. */
  disks: '/vm/disks',
  /** Sockets, logs and the state that the host reads. */
  run: '/vm/run',
} as const;

/** Names below `run`, the same inside the container and in the VM's folder on the host. */
export const runFiles = {
  serial: 'serial.sock',
  vnc: 'vnc.sock',
  qmp: 'qmp.sock',
  /** Leads to the agent inside the guest, which runs commands there. */
  agent: 'agent.sock',
  /** What the guest last printed on its serial console: the current piece and the one before. */
  serialLog: 'serial.log',
  serialLogOld: 'serial.log.old',
  emulatorLog: 'qemu.log',
  /** `<number of runs> <exit code of the last>`, written when the emulator ends. */
  lastRun: 'last-run',
} as const;

/** Folders below the VM's folder on the host. */
export const hostFolders = { disks: 'disks', run: 'run' } as const;
