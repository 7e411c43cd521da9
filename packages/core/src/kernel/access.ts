import type { Actor } from './actor.ts';
import type { ReadContext } from './context.ts';
import type { Secrets } from './secrets.ts';

/**
 * Who may call an operation. `system` may call everything and is never asked;
 * for the others `check` decides, inside the operation's transaction.
 */
export interface Access<in Input> {
  /** In words, for refusals and docs: "members who may manage events". */
  readonly who: string;
  readonly check: (context: ReadContext, input: Input) => boolean | Promise<boolean>;
}

export const everyone: Access<unknown> = { who: 'everyone', check: () => true };

export const signedIn: Access<unknown> = {
  who: 'signed-in users',
  check: ({ actor }) => actor.type === 'user',
};

export const systemOnly: Access<unknown> = {
  who: 'trusted code in the same process',
  check: () => false,
};

/** Passes when one of the rules does, asked in order. */
export function anyOf<Input>(...rules: readonly Access<Input>[]): Access<Input> {
  return {
    who: rules.map((rule) => rule.who).join('; or '),
    async check(context, input) {
      for (const rule of rules) {
        if (await rule.check(context, input)) return true;
      }
      return false;
    },
  };
}

/**
 * A guest's access token: the id of what their visit began with, a hold or a
 * transfer to them, and a keyed digest of it. It is derived, so it is stored nowhere.
 */
export function guestToken(secrets: Secrets, accessId: string): string {
  return `${accessId}.${secrets.token('guest-access', accessId)}`;
}

/** The hold, or the transfer, that a guest's token is of; undefined when the token is not genuine. */
export function guestHold(secrets: Secrets, actor: Actor): string | undefined {
  if (actor.type !== 'guest') return undefined;
  const [holdId = '', digest = ''] = actor.token.split('.');
  return secrets.matches('guest-access', holdId, digest) ? holdId : undefined;
}
