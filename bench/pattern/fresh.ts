const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const PAIRS = Array.from(
  { length: 1024 },
  (_, n) => `${DIGITS[n >> 5] ?? ''}${DIGITS[n & 31] ?? ''}`,
);
/** A place of its own for each process: ids of several never meet. */
const TAIL = `${process.pid}`.padStart(10, '0').slice(-10);
const START = base32(Date.now());

let count = 0;

/**
 * An id like Ticketi's own: the same length, ascending, made in process; for less, as it has no
 * randomness. The yardsticks use it.
 */
export function freshId(prefix: string): string {
  count += 1;
  const high = PAIRS[(count >> 20) & 1023] ?? '';
  const middle = PAIRS[(count >> 10) & 1023] ?? '';
  return `${prefix}_${START}${high}${middle}${PAIRS[count & 1023] ?? ''}${TAIL}`;
}

/** 48 bits in 10 characters. */
function base32(value: number): string {
  let text = '';
  for (let rest = value, at = 0; at < 10; at += 1) {
    text = `${DIGITS[rest % 32] ?? ''}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
}
