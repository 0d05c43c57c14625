const mib = 1024 ** 2;

/** Sum of the sizes of one VM's disks. */
export const maxDiskBytes = 256 * 1024 * mib;
export const maxDisks = 8;
/** The q35 board's own SATA controller has six ports. */
export const maxSataDisks = 6;
/** The API server takes Secrets up to 1 MiB; user data and network data share one, in base64. */
export const maxCloudInitBytes = 512 * 1024;

/** Seconds a guest gets to power off by itself; then it is destroyed. Labs are thrown away, so it is short. */
export const powerdownGraceS = 8;

/** Virtual processors of a VM: whole ones, of which the guest may use `cpus` in all. */
export const coresOf = (cpus: number): number => Math.max(1, Math.ceil(cpus));
