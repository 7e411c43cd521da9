import type { publishedEvent } from './box-office.ts';
import { ok } from './box-office.ts';
import { type Circumstances, cli, type Ended } from './cli.ts';

type Made = Awaited<ReturnType<typeof publishedEvent>>;

/** The words of a command line, with quotes as a shell reads them. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

/** Command lines on an event: `EVT`, `TYP`, `POL` and `ORG` stand for its ids. */
export function linesOn(cwd: string, event: () => Made) {
  const words = (text: string) => {
    const { eventId, ticketTypeId, poolId, organizerId } = event();
    return wordsOf(text).map((word) =>
      word
        .replace('EVT', eventId)
        .replace('TYP', ticketTypeId)
        .replace('POL', poolId)
        .replace('ORG', organizerId),
    );
  };
  return {
    /** What a line prints that has to succeed. */
    said: (text: string): Promise<string> => ok(cwd, ...words(text)),
    /** Its answer. */
    json: async (text: string) => JSON.parse(await ok(cwd, ...words(text), '--json')),
    run: (text: string, more: Partial<Circumstances> = {}): Promise<Ended> =>
      cli(words(text), { cwd, ...more }),
  };
}
