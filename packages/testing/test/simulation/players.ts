import { type ChildProcess, fork } from 'node:child_process';
import type { SimulationReport } from '../../src/index.ts';
import type { Play } from './play.ts';
import type { Played } from './player.ts';

/** Plays lives in several processes, and gives the reports as they come. */
export async function* playAll(
  plays: readonly Play[],
  workers: number,
): AsyncGenerator<SimulationReport> {
  const left = [...plays];
  const children = Array.from({ length: workers }, () =>
    fork(new URL('./player.ts', import.meta.url)),
  );
  const next = (child: ChildProcess): Promise<Turn> | undefined => {
    const given = left.shift();
    return given && turn(child, given);
  };
  const running = new Map<ChildProcess, Promise<Turn>>();
  const go = (child: ChildProcess): void => {
    const begun = next(child);
    if (begun === undefined) running.delete(child);
    else running.set(child, begun);
  };
  try {
    for (const child of children) go(child);
    while (running.size > 0) {
      const { child, report } = await Promise.race(running.values());
      go(child);
      yield report;
    }
  } finally {
    // Whoever still plays is let go: nobody waits for its report any more.
    for (const turning of running.values()) turning.catch(() => undefined);
    for (const child of children) if (child.connected) child.disconnect();
  }
}

interface Turn {
  readonly child: ChildProcess;
  readonly report: SimulationReport;
}

async function turn(child: ChildProcess, given: Play): Promise<Turn> {
  const played = await new Promise<Played>((resolve) => {
    const ended = (code: number | null) =>
      resolve({ fault: `its process ended with ${String(code)}` });
    child.once('exit', ended);
    child.once('message', (answer: Played) => {
      child.off('exit', ended);
      resolve(answer);
    });
    child.send(given);
  });
  if ('report' in played) return { child, report: played.report };
  throw new Error(`Seed ${given.seed} could not be played: ${played.fault}`);
}
