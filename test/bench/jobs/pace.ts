/** As many sessions at once as the provisioner works on unless told. */
export const concurrency = 16;
/** Hints that are enqueued at the same time: as many as events are handled at once. */
export const adders = 32;
