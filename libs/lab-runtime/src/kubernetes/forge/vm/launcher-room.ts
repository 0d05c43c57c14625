const MiB = 2 ** 20;

/** Processors that KubeVirt's launcher pod may request beside the guest's. */
export const launcherCpus = 0.5;

/** Memory that it requests beside the guest's: 268 MiB were seen with one core; page tables and devices grow. */
export const launcherMemory = { bytes: 400 * MiB, perGuestByte: 1 / 64, perCpuBytes: 16 * MiB };
