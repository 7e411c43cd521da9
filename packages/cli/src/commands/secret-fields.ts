import type { OperationName } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import type { Fields } from '../flags/input.ts';
import { type Io, readAll } from '../io.ts';
import { isObject } from '../settings.ts';

/** Operations that take codes of gift cards or tokens, which other users of a machine see in its arguments. */
const CODES: Partial<Record<OperationName, readonly [string, string?]>> = {
  'orders.place': ['payment', 'giftCards'],
  'resale.buy': ['payment', 'giftCards'],
  'giftCards.balance': ['code'],
  'transfers.accept': ['token'],
  'waitlist.claim': ['code'],
};

/**
 * Puts in place of `-` what stands on stdin, a code on each line, and of `env:NAME`
 * what the environment has: so that no code has to be an argument.
 */
export async function readSecrets(
  io: Pick<Io, 'stdin' | 'env'>,
  name: OperationName,
  fields: Fields,
): Promise<void> {
  const [first, second] = CODES[name] ?? [];
  if (first === undefined) return;
  const holder = second === undefined ? fields : fields[first];
  const field = second ?? first;
  if (!isObject(holder)) return;
  const given = holder[field];
  if (typeof given === 'string') [holder[field]] = await secretsOf(io, given);
  if (!Array.isArray(given)) return;
  const read: unknown[] = [];
  for (const one of given) {
    read.push(...(typeof one === 'string' ? await secretsOf(io, one) : [one]));
  }
  holder[field] = read;
}

async function secretsOf({ stdin, env }: Pick<Io, 'stdin' | 'env'>, text: string) {
  if (text === '-') {
    const lines = (await readAll(stdin)).split('\n').map((line) => line.trim());
    const codes = lines.filter((line) => line !== '');
    if (codes.length > 0) return codes;
    throw new UsageError('There is no code on stdin.');
  }
  const [, variable] = /^env:(\w+)$/.exec(text) ?? [];
  if (variable === undefined) return [text];
  const value = env[variable];
  if (value) return [value];
  throw new UsageError(`The environment has no ${variable}.`);
}
