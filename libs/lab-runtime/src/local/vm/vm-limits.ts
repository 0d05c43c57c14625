const mib = 1024 ** 2;

/**
 * What a VM's container may use beyond the guest's memory: QEMU itself with its threads and video memory, dnsmasq and
 * the shell (measured at 70–120 MiB), and room for the page cache of a starting disk.
 */
export const emulatorOverheadBytes = 256 * mib;
/** Bound on the code that TCG keeps translated; without KVM it comes on top. */
export const translationBufferMib = 128;

/** Threads: one per virtual CPU, up to 64 for disk I/O, and the launcher's own few processes. */
export const basePids = 128;

/** Sum of the virtual sizes of one VM's writable disks. */
export const maxDiskBytes = 256 * 1024 * mib;
export const maxDisks = 8;
/** The q35 board's own SATA controller has six ports. */
export const maxSataDisks = 6;

/** Seconds a guest gets to power off by itself when it is restarted. */
export const powerdownGraceS = 8;
/** Emulator crashes in quick succession before the VM counts as broken. */
export const crashLimit = 3;

export const memoryBytesFor = (guestBytes: number, kvm: boolean): number =>
  guestBytes + emulatorOverheadBytes + (kvm ? 0 : translationBufferMib * mib);
