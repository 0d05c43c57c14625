import { z } from 'zod';

/** Text of people that is kept as they wrote it. A database keeps neither NUL nor half a character. */
export const freeText = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must not contain NUL or half a character');
