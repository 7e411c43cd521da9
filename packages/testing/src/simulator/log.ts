import { createHash } from 'node:crypto';
import type { FaultKind } from './faults.ts';
import type { Outcome } from './outcome.ts';
import { codeOf } from './outcome.ts';
import { type Planned, textIn } from './world.ts';

/** What happened, line by line. Nothing in it depends on anything but the seed. */
export interface Log {
  write(line: string): void;
  /** The last lines, oldest first. */
  last(): readonly string[];
  digest(): string;
}

const KEPT = 40;

export function createLog(listen: ((line: string) => void) | undefined): Log {
  const hash = createHash('sha256');
  const lines: string[] = [];
  return {
    write(line) {
      hash.update(`${line}\n`);
      lines.push(line);
      if (lines.length > KEPT) lines.shift();
      listen?.(line);
    },
    last: () => [...lines],
    digest: () => hash.copy().digest('hex'),
  };
}

/** One call in a line: `orders.pay user3 {"orderId":...} ! commit_unheard -> unanswered`. */
export function lineOf(
  { operation, actor, input }: Planned,
  outcome: Outcome,
  struck: FaultKind | undefined,
): string {
  const who = actor.type === 'user' ? actor.id : actor.type;
  const fault = struck === undefined ? '' : ` ! ${struck}`;
  return `${operation} ${who} ${withoutSecrets(input)}${fault} -> ${codeOf(outcome)}${shown(outcome)}`;
}

/** Codes of gift cards and of tickets are made of true randomness, and are nobody's business. */
function withoutSecrets(input: object): string {
  return JSON.stringify(input, (key, value: unknown) => {
    if (key === 'code') return '...';
    return key === 'giftCards' && Array.isArray(value) ? value.length : value;
  });
}

const SHOWN = ['id', 'state', 'total', 'credited', 'refunded', 'admitted', 'reason', 'checked'];

function shown(outcome: Outcome): string {
  if (outcome.is === 'failed') return ` ${outcome.message}`;
  if (outcome.is !== 'done') return '';
  const { output } = outcome;
  if (typeof output !== 'object' || output === null) return '';
  const fields = SHOWN.filter((name) => Reflect.get(output, name) !== undefined).map((name) =>
    String(textIn(output, name) ?? Reflect.get(output, name)),
  );
  return fields.length === 0 ? '' : ` ${fields.join(' ')}`;
}
