import type { Sql } from './sql.ts';

/**
 * When a verb's turn comes while several wait. Reads without a lock go first,
 * then what locks rows, in the order in which everybody locks
 * (docs/decisions/0009-lock-order.md), and what writes rows last.
 */
export const turns = {
  read: 0,
  organizer: 1,
  event: 2,
  order: 3,
  payment: 4,
  ticket: 5,
  transfer: 6,
  listing: 7,
  hold: 8,
  waitlist: 9,
  giftCard: 10,
  claim: 11,
  counter: 12,
  invoice: 13,
  write: 14,
} as const;
export type Turn = (typeof turns)[keyof typeof turns];

/** Something to ask of the database that several may ask in one statement. */
export interface Verb<Question, Answer> {
  readonly turn: Turn;
  one(sql: Sql, question: Question): Promise<Answer>;
  /** An answer for each question, in order. */
  many(sql: Sql, questions: readonly Question[]): Promise<readonly Answer[]>;
}

/** A task with a handle of its own, by which it is known who asks. */
export type Task<T> = (sql: Sql) => Promise<T>;

interface Pending<Question, Answer> {
  readonly task: number;
  readonly verb: Verb<Question, Answer>;
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}
// biome-ignore lint/suspicious/noExplicitAny: pending questions of any verb, each beside its own
type AnyPending = Pending<any, any>;

/**
 * Lets the commands of a batch run side by side, each written as if it were
 * alone: when all of them wait for the database, what they ask of the same verb
 * goes out as one statement. So a batch costs the statements of one command, and
 * locks are taken in the one order however far the commands have come.
 */
export async function gather<T>(sql: Sql, tasks: readonly Task<T>[]): Promise<T[]> {
  // What a verb itself asks, it asks at once: its neighbours wait for it already.
  const direct: Sql = { ...sql, ask: (verb, question) => verb.one(direct, question) };
  let pending: AnyPending[] = [];
  let running = tasks.length;

  const outcomes = Promise.allSettled(
    tasks.map(async (run, task) => {
      const own: Sql = {
        ...direct,
        ask: (verb, question) =>
          new Promise((resolve, reject) => {
            pending.push({ task, verb, question, resolve, reject });
          }),
      };
      try {
        return await run(own);
      } finally {
        running -= 1;
      }
    }),
  );
  while (running > 0) {
    // By the next turn of the event loop every task has come as far as it can.
    await nextTurn();
    const due = dueOf(pending);
    pending = pending.filter((one) => !due.includes(one));
    await Promise.all(inTurn(due).map((alike) => serve(direct, alike)));
  }
  return (await outcomes).map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/**
 * Whose questions are asked next. Tasks that only read come first: they may lock
 * anything next. Then those that lock what has the first turn, with all that
 * they ask at the same time.
 */
function dueOf(pending: readonly AnyPending[]): readonly AnyPending[] {
  const firstLock = new Map<number, number>();
  for (const { task, verb } of pending) {
    const turn = verb.turn === turns.read ? Number.POSITIVE_INFINITY : verb.turn;
    firstLock.set(task, Math.min(turn, firstLock.get(task) ?? Number.POSITIVE_INFINITY));
  }
  const turnsDue = [...firstLock.values()];
  const due = turnsDue.includes(Number.POSITIVE_INFINITY)
    ? Number.POSITIVE_INFINITY
    : Math.min(...turnsDue);
  const tasks = new Set([...firstLock].flatMap(([task, turn]) => (turn === due ? [task] : [])));
  return pending.filter(({ task }) => tasks.has(task));
}

/** Questions by verb: locks in the order of their turns, then reads, which so see what is locked. */
function inTurn(due: readonly AnyPending[]): AnyPending[][] {
  const turnOf = ({ turn }: { readonly turn: number }) =>
    turn === turns.read ? Number.POSITIVE_INFINITY : turn;
  return [...Map.groupBy(due, ({ verb }) => verb)]
    .sort(([a], [b]) => Math.sign(turnOf(a) - turnOf(b)) || 0)
    .map(([, alike]) => alike);
}

/** Asks all that wait for the verb and settles each; it never throws. */
async function serve<Question, Answer>(
  sql: Sql,
  alike: readonly Pending<Question, Answer>[],
): Promise<void> {
  const [first] = alike;
  if (first === undefined) return;
  try {
    if (alike.length === 1) {
      first.resolve(await first.verb.one(sql, first.question));
      return;
    }
    const answers = await first.verb.many(
      sql,
      alike.map(({ question }) => question),
    );
    if (answers.length < alike.length) throw new Error('A question got no answer.');
    answers.forEach((answer, index) => {
      alike[index]?.resolve(answer);
    });
  } catch (error) {
    for (const { reject } of alike) reject(error);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** A verb of one answer for each key, which reads the rows of several keys in one statement. */
export function lookup<Row>(
  turn: Turn,
  read: (sql: Sql, keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Verb<string, Row | undefined> {
  return {
    turn,
    one: async (sql, key) => (await read(sql, [key]))[0],
    async many(sql, keys) {
      const rows = new Map((await read(sql, [...new Set(keys)])).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key));
    },
  };
}

/** The same where several rows may have one key: the rows of all the keys asked for. */
export function lookupAll<Row>(
  turn: Turn,
  read: (sql: Sql, keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Verb<readonly string[], Row[]> {
  const readSome = async (sql: Sql, keys: readonly string[]) =>
    keys.length === 0 ? [] : [...(await read(sql, keys))];
  return {
    turn,
    one: readSome,
    async many(sql, questions) {
      const rows = await readSome(sql, [...new Set(questions.flat())]);
      const byKey = Map.groupBy(rows, keyOf);
      return questions.map((keys) => {
        const [only] = keys;
        if (keys.length === 1 && only !== undefined) return byKey.get(only) ?? [];
        const wanted = new Set(keys);
        return rows.filter((row) => wanted.has(keyOf(row)));
      });
    },
  };
}

/** A verb that writes rows: those of all the questions in one statement. */
export function writing<Row>(
  turn: Turn,
  write: (sql: Sql, rows: readonly Row[]) => Promise<void>,
): Verb<readonly Row[], void> {
  return {
    turn,
    one: write,
    async many(sql, questions) {
      await write(sql, questions.flat());
      return questions.map(() => undefined);
    },
  };
}

/** A verb whose questions each belong to an event: those of one event are asked together. */
export function inEvent<Question extends { readonly eventId: string }, Answer>(
  turn: Turn,
  ask: (sql: Sql, eventId: string, questions: readonly Question[]) => Promise<readonly Answer[]>,
): Verb<Question, Answer> {
  return {
    turn,
    async one(sql, question) {
      for (const answer of await ask(sql, question.eventId, [question])) return answer;
      throw new Error('A question got no answer.');
    },
    async many(sql, questions) {
      const answers: Answer[] = [];
      // By id, so that rows of several events are locked in one order too.
      const events = [...new Set(questions.map(({ eventId }) => eventId))].sort();
      for (const eventId of events) {
        const asked = [...questions.entries()].filter(([, own]) => own.eventId === eventId);
        const given = await ask(
          sql,
          eventId,
          asked.map(([, question]) => question),
        );
        if (given.length < asked.length) throw new Error('A question got no answer.');
        given.forEach((answer, index) => {
          const at = asked[index]?.[0];
          if (at !== undefined) answers[at] = answer;
        });
      }
      return answers;
    },
  };
}
