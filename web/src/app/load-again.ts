const WAITS_MS = [100, 300, 1_000, 2_000, 4_000];

/**
 * Loads a part of the program, and tries again when that fails. A browser drops what it is just loading whenever a network
 * interface of its computer comes or goes: on the machine that runs the labs, with every system that starts or ends.
 */
export async function loadAgain<T>(load: () => Promise<T>, waitsMs: readonly number[] = WAITS_MS): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return load();
}
