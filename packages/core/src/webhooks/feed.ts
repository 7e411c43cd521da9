import { firstIdAt, type Instant } from '../kernel/index.ts';
import type { ReadTx } from '../port.ts';

/**
 * The place after which facts of this instant and later are numbered, and with
 * them some that are older: entries are numbered in the order of commits.
 */
export async function placeAt(
  { outbox }: Pick<ReadTx, 'outbox'>,
  at: Instant | 'now',
): Promise<number> {
  const first = at === 'now' ? undefined : await outbox.firstFrom(firstIdAt('obx', at));
  if (first !== undefined) return first - 1;
  return (await outbox.cursors.find('relay'))?.position ?? 0;
}
