import { isTicketiError } from '@ticketi/core';
import { aListing, aPaidOrder } from '@ticketi/testing';
import { middle } from '../contest.ts';
import { figuresOf } from '../crowd.ts';
import { type Figures, type Result, under } from '../result.ts';
import { hotEvent, open } from '../stage/event.ts';
import { proveRecords } from '../stage/proof.ts';
import { payment, somebody, userOf } from '../yardsticks/purchase.ts';
import type { BenchRow } from './row.ts';

const BUYERS = 500;

/** Everybody wants the one ticket that is offered: one gets it, the others know soon. */
export const resale: BenchRow = {
  name: 'resale',
  async run({ effort, postgres }) {
    const base = await postgres();
    const ticketi = await open(base);
    try {
      const office = await hotEvent(ticketi);
      const rounds: Figures[] = [];
      let slowest = 0;
      let mostSales = 0;
      // The first round is for warming up.
      for (let round = 0; round <= effort.rounds; round += 1) {
        const listing = await aListing(
          ticketi,
          await aPaidOrder(ticketi, office, { userId: 'seller' }),
        );
        const begun = performance.now();
        const answers = await Promise.all(
          Array.from({ length: BUYERS }, async (_, n) => {
            const surface = ticketi.as({ type: 'user', id: userOf(n) });
            const sold = await surface.resale
              .buy({ listingId: listing.id, buyer: somebody(userOf(n)), payment })
              .then(({ state }) => state === 'paid', refused);
            return { sold, took: performance.now() - begun };
          }),
        );
        const sales = answers.filter(({ sold }) => sold).length;
        if (sales === 0) throw new Error('Nobody got the listing.');
        mostSales = Math.max(mostSales, sales);
        if (round === 0) continue;
        const others = answers.filter(({ sold }) => !sold).map(({ took }) => took);
        slowest = Math.max(slowest, ...others);
        rounds.push(figuresOf(others, performance.now() - begun));
      }
      await proveRecords(base);
      const result: Result = {
        row: `one listing, ${BUYERS} buyers at once, PostgreSQL: one sale`,
        unit: 'answers',
        figures: { ours: middle(rounds) },
        aims: [
          under('the slowest of the others was answered', 1000, slowest),
          { what: 'sale a listing', aim: '1', found: `${mostSales}`, met: mostSales === 1 },
        ],
      };
      return [result];
    } finally {
      await ticketi.close();
    }
  },
};

function refused(error: unknown): false {
  if (isTicketiError(error, 'listing_closed')) return false;
  throw error;
}
