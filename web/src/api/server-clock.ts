let offsetMs = 0;

/** Learns the server's clock from a `Date` header, so that countdowns are right on a laptop whose clock is not. */
export function observeServerDate(header: string | null, now = Date.now()): void {
  const serverMs = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(serverMs)) return;
  const difference = serverMs - now;
  // The header has whole seconds: differences below two of them are noise.
  offsetMs = Math.abs(difference) < 2_000 ? 0 : difference;
}

/** Milliseconds to add to this computer's clock to get the server's. */
export const clockOffset = (): number => offsetMs;
