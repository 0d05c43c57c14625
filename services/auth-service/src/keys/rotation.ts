/** What the schedule of keys needs to know. */
export interface RotationRules {
  /** How long one key signs. */
  readonly periodS: number;
  /** A new key is published this long before it signs, so that every cache has it by then. */
  readonly leadS: number;
  /** An old key stays published this long after its successor took over: until its last token has expired. */
  readonly overlapS: number;
}

export interface ScheduledKey {
  readonly kid: string;
  readonly signsFrom: Date;
  readonly publishedUntil: Date | null;
}

export interface NextKey {
  readonly signsFrom: Date;
  /** When the keys before it stop being published. */
  readonly retireOthersAt: Date;
}

const after = (date: Date, seconds: number) => new Date(date.getTime() + seconds * 1000);
const newestOf = <K extends ScheduledKey>(keys: readonly K[]) =>
  keys.toSorted((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());

/** The key that signs now: the newest whose time has come. */
export function signerOf<K extends ScheduledKey>(keys: readonly K[], now: Date): K | undefined {
  return newestOf(keys).find((key) => key.signsFrom <= now);
}

export function publishedOf<K extends ScheduledKey>(keys: readonly K[], now: Date): K[] {
  return newestOf(keys).filter((key) => key.publishedUntil === null || key.publishedUntil > now);
}

/** The key to create now; undefined while the newest has time left. The very first one signs at once. */
export function nextKeyOf(keys: readonly ScheduledKey[], now: Date, rules: RotationRules): NextKey | undefined {
  const [newest] = newestOf(keys);
  if (!newest) return { signsFrom: now, retireOthersAt: now };
  if (after(newest.signsFrom, rules.periodS - rules.leadS) > now) return undefined;
  return followerAt(now, rules);
}

/** A follower ahead of time: for a key that may have leaked, or by hand. */
export function followerAt(now: Date, rules: RotationRules): NextKey {
  const signsFrom = after(now, rules.leadS);
  return { signsFrom, retireOthersAt: after(signsFrom, rules.overlapS) };
}
