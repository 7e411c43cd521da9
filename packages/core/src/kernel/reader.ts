import type { ReadTx, Storage } from '../port.ts';
import type { Actor } from './actor.ts';
import type { ReadContext } from './context.ts';
import { deny } from './deny.ts';
import { TicketiError } from './errors.ts';
import { createLanes, kept, type Lanes, laneLimits } from './lane.ts';
import type { AnyOperation, AnyRead } from './operation.ts';
import { createPictures, type PictureWish } from './pictures.ts';
import { orThrow } from './refusal.ts';
import type { BatchParts } from './write-batch.ts';

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

export function createReader({
  storage,
  clock,
  secrets,
  settings,
  providerNames,
  wallets,
  kept: keptValues,
}: BatchParts & { readonly storage: Storage }): Reader {
  const pictures = createPictures(clock);
  const answeredTogether = together(answer);
  const admittedTogether = together(admitted);

  async function answer(operation: AnyRead, context: ReadContext, input: unknown) {
    await admitted(operation, context, input);
    return orThrow(await operation.run(context, input));
  }

  async function admitted(operation: AnyOperation, context: ReadContext, input: unknown) {
    orThrow(await deny(operation, context, input));
  }

  function look(operation: AnyRead, actor: Actor, input: unknown): Promise<unknown> {
    return storage.read((tx) => answer(operation, contextOf(tx, actor), input));
  }

  /** Lanes in which those who ask an operation at the same time share a snapshot; each has its own answer. */
  function together<Asked extends AnyOperation, Result>(
    ask: (operation: Asked, context: ReadContext, input: unknown) => Promise<Result>,
  ): (operation: Asked, key: string, caller: Caller) => Promise<Result> {
    const lanes = new Map<Asked, Lanes<Caller, Result>>();
    const serving = (operation: Asked) => (callers: readonly Caller[]) =>
      storage.read((tx) =>
        tx.together(
          callers.map(({ actor, input }) => async (own) => {
            const asked = ask(operation, contextOf(own, actor), input);
            const [outcome] = await Promise.allSettled([asked]);
            return outcome;
          }),
        ),
      );
    return (operation, key, caller) =>
      kept(lanes, operation, () => createLanes(serving(operation), laneLimits(settings))).submit(
        key,
        caller,
      );
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
    const shared = { settings, secrets, providerNames, wallets, kept: keptValues };
    return { tx, actor, now: clock.now(), ...shared };
  }

  return {
    async read(operation, actor, input) {
      // Inside the host's own transaction there is nobody to share with, and nothing to remember.
      if (storage.joined) return look(operation, actor, input);
      const wish = operation.picture?.of(input);
      if (wish !== undefined) return fromPicture(operation, wish, actor, input);
      const { sharedBy } = operation;
      return sharedBy === undefined
        ? look(operation, actor, input)
        : answeredTogether(operation, sharedBy(input), { actor, input });
    },
    async admit(operation, actor, input) {
      if (actor.type === 'system') return;
      await admittedTogether(operation, operation.name, { actor, input });
    },
  };
}
