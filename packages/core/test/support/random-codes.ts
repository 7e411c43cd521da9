import { createHash } from 'node:crypto';
import { toBase45 } from '../../src/tickets/base45.ts';

/** A text as long and as odd as a ticket code, the same for the same seed. */
export function randomOf(seed: number): string {
  const bytes = [0, 1, 2].map((part) => createHash('sha256').update(`${seed}:${part}`).digest());
  return toBase45(Buffer.concat(bytes).subarray(0, 91));
}
