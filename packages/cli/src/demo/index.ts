import { createTicketi, sandboxProvider } from '@ticketi/core';
import type { Io } from '../io.ts';
import { paintFor } from '../output/paint.ts';
import { storyClock } from './clock.ts';
import { narrator } from './narrator.ts';
import { findPlace } from './place.ts';
import type { DemoReport } from './report.ts';
import { tellStory } from './story.ts';

export interface DemoOptions {
  readonly database: string | undefined;
  readonly json: boolean;
  readonly keep: boolean;
}

/** Sales open months before the event; the story moves on from here. */
const START = '2027-03-01T10:00:00.000Z';

/** Runs the story and answers with the exit code: 0 when all of it went as promised. */
export async function demo(io: Io, options: DemoOptions): Promise<number> {
  const place = await findPlace(options.database, options.keep, io.cwd);
  // Closed first: a migration on its way would make the schema again that was just dropped.
  const breakOff = async () => {
    await place.storage.close();
    await place.leave();
  };
  io.onInterrupt.add(breakOff);
  try {
    const report = await onStage(io, options, place);
    if (options.json) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    for (const failure of report.failures) io.stderr.write(`error: not so: ${failure}\n`);
    return report.ok ? 0 : 1;
  } finally {
    await place.leave();
    io.onInterrupt.delete(breakOff);
  }
}

async function onStage(
  io: Io,
  { json }: DemoOptions,
  { storage, described, kept }: Awaited<ReturnType<typeof findPlace>>,
): Promise<DemoReport> {
  const paint = paintFor(io, 'stdout');
  const tell = narrator(paint, json ? () => {} : (line) => void io.stdout.write(`${line}\n`));
  const clock = storyClock(START);
  const started = performance.now();
  const ticketi = await createTicketi({
    storage,
    clock,
    payments: { sandbox: sandboxProvider() },
  });
  try {
    tell.title('Ticketi: one event, from sale to door', `through the SDK, ${described}`);
    const nora = ticketi.as({ type: 'user', id: 'nora' });
    const report = await tellStory({ ticketi, clock, tell, nora }, storage.dialect);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    tell.verdict(
      report.ok,
      report.ok ? `All of it went as promised, in ${seconds} s.` : 'Not all went as promised.',
    );
    if (kept !== undefined) tell.say(`Kept: ${kept}`);
    return report;
  } finally {
    await ticketi.close();
  }
}
