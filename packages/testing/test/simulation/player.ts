// Forked by players.ts: plays one life after another, as it is told.
import type { SimulationReport } from '../../src/index.ts';
import { type Play, play } from './play.ts';

export type Played = { readonly report: SimulationReport } | { readonly fault: string };

process.on('message', (given: Play) => {
  const tell = (played: Played) => process.send?.(played);
  play(given).then(
    (report) => tell({ report }),
    (error: unknown) =>
      tell({ fault: error instanceof Error ? String(error.stack) : String(error) }),
  );
});
process.once('disconnect', () => process.exit());
