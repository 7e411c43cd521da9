import * as z from 'zod';
import { refusal } from './refusal.ts';

/** The input fields of every list. */
export const pageInput = {
  limit: z
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'Most items in the answer (1 to 200).' }),
  cursor: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'The `nextCursor` of the page before this one.' }),
};

/** What a store needs to read one page: rows after `after`, in the store's order. */
export interface PageRequest {
  limit: number;
  /** The sort key of the last row seen, as `cursorOf` of that list wrote it. */
  after: readonly string[] | undefined;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The output schema of a list. */
export function pageOf<T extends z.ZodType>(item: T, id: string) {
  return z
    .object({
      items: z.array(item),
      nextCursor: z
        .string()
        .nullable()
        .meta({ description: 'Give it as `cursor` for the next page; null on the last.' }),
    })
    .meta({ id });
}

export const invalidCursor = refusal('invalid_cursor', {
  kind: 'invalid',
  meaning: 'The cursor was not made by this list.',
  details: z.object({ cursor: z.string() }),
  hint: 'Pass `nextCursor` of the page before unchanged, or leave the cursor out.',
  message: () => 'The cursor is not one that this list gave.',
});

/** A sort key as the opaque text that callers pass back. */
function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a cursor of `width` keys; a refusal when it is not one. */
export function pageRequest(input: { limit: number; cursor?: string | undefined }, width = 1) {
  if (input.cursor === undefined) return { limit: input.limit, after: undefined };
  const after = decodeCursor(input.cursor);
  if (after === undefined || after.length !== width) return invalidCursor({ cursor: input.cursor });
  return { limit: input.limit, after };
}

/** Lists are ordered by ids: nothing else is ever in a cursor. */
const CursorKey = z.array(z.string().regex(/^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/));

function decodeCursor(cursor: string): readonly string[] | undefined {
  try {
    return CursorKey.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/**
 * One page out of the rows a store read. Stores read one row more than asked,
 * which tells whether there is a next page.
 */
export function pageFrom<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly string[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(keyOf(last)) : null };
}
