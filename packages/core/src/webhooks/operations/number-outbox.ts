import { systemOnly, write } from '../../kernel/index.ts';
import { Done, pieces } from '../pieces.ts';

/**
 * Ids are made before the commit, so whoever reads by id misses what commits
 * later (docs/decisions/0022). Here committed entries get the numbers by which
 * consumers read. The lock of the relay's row lets one process number at a time,
 * and what it numbered is committed before the next one looks: so whoever sees a
 * number sees all that are smaller.
 */
export const numberOutbox = write({
  name: 'outbox.number',
  summary: 'Gives committed facts their place in the order in which consumers read them.',
  input: pieces(1000),
  output: Done,
  allow: systemOnly,
  run: async ({ tx }, { limit }) => {
    const [relay] = await tx.outbox.cursors.findForUpdate(['relay']);
    if (relay === undefined) throw new Error('The outbox has no relay: its tables are damaged.');
    const done = await tx.outbox.number(relay.position, limit);
    if (done > 0) {
      await tx.outbox.cursors.save({ ...relay, position: relay.position + done }, relay);
    }
    return { done };
  },
});
