import { operationsByName } from '@ticketi/core';
import { actions } from './actions/index.ts';
import type { Made } from './callers.ts';
import { drawFault, type Occasion } from './faults.ts';
import { healing } from './heal.ts';
import type { Written } from './journal.ts';
import { lineOf } from './log.ts';
import { codeOf } from './outcome.ts';
import { Broken } from './report.ts';
import type { Simulation } from './simulate.ts';
import type { Aside, Planned } from './world.ts';

/** Steps between two looks at the whole database. */
const LOOK_EVERY = 40;

/**
 * Makes steps, and looks after each; gives the number of each that begins, and one more for the
 * end. What a step brings follows from its number and from what it finds, so that others can be
 * left out.
 */
export async function* runSteps(
  simulation: Simulation,
  ops: number,
  only?: ReadonlySet<number>,
): AsyncGenerator<number> {
  const { world, calls, callers, danger, desk, inspector, log } = simulation;
  const { chance, clock, journal } = world;

  for (let step = 1; step <= ops; step += 1) {
    if (only?.has(step) === false) continue;
    yield step;
    journal.step.length = 0;
    chance.begin(step);
    const next = chance.percent(12) ? undefined : nextOf(simulation, step);
    if (next === undefined) {
      clock.advance({ seconds: secondsOf(simulation) });
      log.write(`${step} ${clock.now()} the clock`);
    } else if ('aside' in next) {
      const { aside, about, happen } = next;
      const outcome = await happen();
      log.write(`${step} ${clock.now()} ${aside} ${about} -> ${outcome}`);
      calls.add(`${aside} ${outcome}`);
    } else {
      danger.set(chance.percent(15) ? drawFault(chance, occasionsOf(next)) : undefined);
      await makeAll(simulation, step, next);
      danger.set(undefined);
    }
    await inspector.afterStep();
    if ((await desk.restart()) || step % LOOK_EVERY === 0) await inspector.look();
  }

  yield ops + 1;
  chance.begin(ops + 1);
  let step = ops;
  const again = callers.unanswered.map((made) => [made]);
  for (const made of again) await makeOne(made);
  for (const planned of healing(world)) {
    await makeOne([{ planned, key: '', at: clock.now(), first: undefined }]);
  }
  await inspector.atTheEnd();

  async function makeOne(made: readonly Made[]): Promise<void> {
    step += 1;
    journal.step.length = 0;
    await makeAll(simulation, step, made);
    await inspector.afterStep();
  }
}

/** Where something may go wrong with these calls. */
function occasionsOf(made: readonly Made[]): readonly Occasion[] {
  switch (operationsByName.get(made[0]?.planned.operation ?? '')?.kind) {
    case 'workflow':
      return ['write', 'provider', 'read'];
    case 'write':
      return ['write'];
    default:
      return ['read'];
  }
}

/** How far the clock moves: mostly minutes, sometimes past every expiry, rarely days. */
function secondsOf({ world: { chance } }: Simulation): number {
  if (chance.percent(80)) return chance.between(1, 300);
  return chance.percent(92) ? chance.between(400, 3600) : chance.between(3600, 200_000);
}

/** What happens next: something new, or something that is called again. */
function nextOf({ world, callers }: Simulation, step: number): readonly Made[] | Aside {
  const { chance, clock } = world;
  const [oldest] = callers.unanswered;
  if (oldest !== undefined && chance.percent(35)) return [oldest];
  const before = chance.percent(5) ? chance.pick(callers.answered) : undefined;
  if (before !== undefined) return [before];
  const planned = planOf(world);
  if ('aside' in planned) return planned;
  const isKeyed = chance.percent(70);
  return planned.map((own, at) => {
    const isRead = operationsByName.get(own.operation)?.kind === 'read';
    const key = isKeyed && !isRead ? `the key of step ${String(step).padStart(6, '0')}-${at}` : '';
    return { planned: own, key, at: clock.now(), first: undefined };
  });
}

function planOf(world: Simulation['world']): readonly Planned[] | Aside {
  for (;;) {
    const planned = world.chance.weighed(actions).plan(world);
    if (planned === undefined) continue;
    return 'operation' in planned ? [planned] : planned;
  }
}

/** Makes calls at the same moment, and takes in what comes of them. */
async function makeAll(
  { world, desk, danger, callers, log, calls, faults }: Simulation,
  step: number,
  made: readonly Made[],
): Promise<void> {
  const outcomes = await Promise.all(
    made.map(({ planned, key }) => desk.make(planned, key === '' ? undefined : key)),
  );
  const struck = danger.struck();
  if (struck !== undefined) faults.add(struck);
  for (const [index, own] of made.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) continue;
    log.write(`${step} ${world.clock.now()} ${lineOf(own.planned, outcome, struck)}`);
    calls.add(`${own.planned.operation} ${codeOf(outcome)}`);
    if (outcome.is === 'failed') throw new Broken('no call fails by itself', [outcome.message]);
    const wrong = callers.hear(own, outcome);
    if (wrong !== undefined) throw new Broken('a repeat gets the first answer', [wrong]);
    const isWrite = operationsByName.get(own.planned.operation)?.kind === 'write';
    if (outcome.is === 'refused' && made.length === 1 && isWrite)
      refusedCleanly(world.journal.step);
  }
}

/** Who refuses has written nothing. */
function refusedCleanly(step: readonly Written[]): void {
  const written = step.flatMap((one) =>
    Object.entries(one).flatMap(([kind, rows]: [string, readonly unknown[]]) =>
      rows.length === 0 ? [] : [`${rows.length} of ${kind}`],
    ),
  );
  if (written.length > 0) throw new Broken('a refusal leaves nothing behind', written);
}
