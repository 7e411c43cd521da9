import type { ReadTx, Storage } from '../port.ts';
import { type Actor, system } from './actor.ts';
import type { Clock } from './clock.ts';
import type { ReadContext } from './context.ts';
import { deny } from './deny.ts';
import { TicketiError } from './errors.ts';
import { createLanes, kept, type Lanes, laneLimits } from './lane.ts';
import type { AnyOperation, AnyRead } from './operation.ts';
import { createPictures, type PictureWish } from './pictures.ts';
import { errorOf, isRefusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

export interface ReaderParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly settings: Settings;
  readonly providerNames: readonly string[];
}

interface Caller {
  readonly actor: Actor;
  readonly input: unknown;
}

/** Runs reads: in a snapshot of their own, in one with those who ask at the same time, or from a picture. */
export interface Reader {
  read(operation: AnyRead, actor: Actor, input: unknown): Promise<unknown>;
  /** Lets a workflow's caller in, or throws. */
  admit(operation: AnyOperation, actor: Actor, input: unknown): Promise<void>;
}

export function createReader(parts: ReaderParts): Reader {
  const { storage, clock, secrets, settings, providerNames } = parts;
  const pictures = createPictures(clock);
  const answeredTogether = together(answer);
  const admittedTogether = together(admitted);

  async function answer(operation: AnyRead, context: ReadContext, input: unknown) {
    await admitted(operation, context, input);
    const output: unknown = await operation.run(context, input);
    if (isRefusal(output)) throw errorOf(output);
    return output;
  }

  async function admitted(operation: AnyOperation, context: ReadContext, input: unknown) {
    const denied = await deny(operation, context, input);
    if (denied !== undefined) throw errorOf(denied);
  }

  function look(operation: AnyRead, actor: Actor, input: unknown): Promise<unknown> {
    return storage.read((tx) => answer(operation, contextOf(tx, actor), input));
  }

  /** Answers those who ask an operation while others wait for it from one snapshot, each by itself. */
  function together<Asked extends AnyOperation, Result>(
    ask: (operation: Asked, context: ReadContext, input: unknown) => Promise<Result>,
  ): (operation: Asked, caller: Caller) => Promise<Result> {
    const lanes = new Map<Asked, Lanes<Caller, Result>>();
    return (operation, asking) => {
      const answerAll = (callers: readonly Caller[]) =>
        storage.read((tx) =>
          tx.together(
            callers.map(({ actor, input }) => async (own) => {
              const [outcome] = await Promise.allSettled([
                ask(operation, contextOf(own, actor), input),
              ]);
              return outcome;
            }),
          ),
        );
      const lane = kept(lanes, operation, () => createLanes(answerAll, laneLimits(settings)));
      return lane.submit(operation.name, asking);
    };
  }

  /** The picture is taken as nobody in particular; who may see more than that gets an exact answer. */
  async function fromPicture(
    operation: AnyRead,
    wish: PictureWish,
    actor: Actor,
    input: unknown,
  ): Promise<unknown> {
    const key = `${operation.name} ${wish.key}`;
    const take = () => look(operation, { type: 'anonymous' }, input);
    try {
      const { answer: seen, cached } = await pictures.look({ ...wish, key }, take);
      return cached ? operation.picture?.cached(seen) : seen;
    } catch (error) {
      if (!(error instanceof TicketiError)) throw error;
      return look(operation, actor, input);
    }
  }

  function contextOf(tx: ReadTx, actor: Actor): ReadContext {
    return { tx, actor, now: clock.now(), settings, secrets, providerNames };
  }

  return {
    async read(operation, actor, input) {
      // Inside the host's own transaction there is nobody to share with, and nothing to remember.
      if (storage.joined) return look(operation, actor, input);
      const wish = operation.picture?.of(input);
      if (wish !== undefined) return fromPicture(operation, wish, actor, input);
      return operation.shared === true
        ? answeredTogether(operation, { actor, input })
        : look(operation, actor, input);
    },
    async admit(operation, actor, input) {
      if (actor.type !== system.type) await admittedTogether(operation, { actor, input });
    },
  };
}
