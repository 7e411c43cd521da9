import { BASE32, base32Text } from '../kernel/index.ts';

/**
 * The code of a gift card: 16 random characters of Crockford's base32, 80 bits,
 * in groups of four behind `GC`: `GC-7Q2M-0WXR-K9DT-4HNB`. Whoever has it has
 * the money, so it is kept as a keyed digest; a refund that became a card keeps it sealed besides.
 */
const PREFIX = 'GC';
const LENGTH = 16;
const GROUP = 4;

/** Random bytes that a code is made of: five bits a character. */
export const CODE_BYTES = (LENGTH * 5) / 8;

/** The code of these random bytes, as it is shown. */
export function codeFrom(random: Uint8Array): string {
  if (random.length !== CODE_BYTES) throw new RangeError(`A code is made of ${CODE_BYTES} bytes.`);
  const key = base32Text(random);
  const groups = Array.from({ length: LENGTH / GROUP }, (_, at) =>
    key.slice(at * GROUP, (at + 1) * GROUP),
  );
  return [PREFIX, ...groups].join('-');
}

/**
 * The form in which codes are compared, from however somebody typed it: capitals,
 * spaces and dashes do not matter, the prefix may be left out, and O is 0, I and L
 * are 1. Undefined: nothing that could be a code.
 */
export function codeKey(typed: string): string | undefined {
  const plain = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const whole = plain.length === LENGTH + PREFIX.length && plain.startsWith(PREFIX);
  const key = (whole ? plain.slice(PREFIX.length) : plain)
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const known = [...key].every((character) => BASE32.includes(character));
  return key.length === LENGTH && known ? key : undefined;
}

/** What may be shown of a code, to tell one from another. */
export function lastFourOf(key: string): string {
  return key.slice(-GROUP);
}
