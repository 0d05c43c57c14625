const given = (variable: string, usual: number) => Number(process.env[variable] ?? usual);

/** How often each contender has its turn. On a small machine hundreds of sessions take minutes to make and to remove. */
export const repetitionsOr = (usual: number) => given('LAB_BENCH_REPETITIONS', usual);
/** How many sessions a class has. */
export const sessionsOr = (usual: number) => given('LAB_BENCH_SESSIONS', usual);
/** Sessions that the runtime works on at the same time. */
export const atOnceOr = (usual: number) => given('LAB_BENCH_AT_ONCE', usual);
