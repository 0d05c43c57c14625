import { z } from 'zod';

/** Whether a database keeps the text as it is: it keeps neither NUL nor half a character. */
export const isStorableText = (text: string) => !text.includes('\0') && text.isWellFormed();
export const notStorable = 'must not contain NUL or half a character';

/** Text of people that is kept as they wrote it. */
export const freeText = (maxLength: number) => z.string().max(maxLength).refine(isStorableText, notStorable);
