import { z } from 'zod';

/** `?limit=&cursor=` of every list. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional(),
});
export type Paging = z.infer<typeof Paging>;

/** A yes or no in a query: text from a URL, or the value itself between services. */
export const QueryFlag = z.union([z.boolean(), z.stringbool()]);

/** One page of a list; `nextCursor` is absent on the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().optional() });

/** An instant, RFC 3339 in UTC. */
export const Instant = z.iso.datetime();
/** The answer of routes that only do. */
export const Nothing = z.strictObject({});
/** An answer of 202: the wish is written, the phase follows. */
export const Accepted = z.strictObject({ accepted: z.literal(true) });
