/** What reading a flag may need besides its text. */
export interface FlagContext {
  /** The currency in which amounts of this input are. */
  currency(): Promise<string>;
}

/** One flag of an operation: where it goes in the input, and how its text is read. */
export interface Flag {
  /** Without the dashes: `ticket-type`. */
  readonly long: string;
  /** Set for a part of an object that has to be given, even when none of its parts has. */
  readonly ofNeeded?: boolean;
  /** Where the value goes: `['buyer', 'name']`. */
  readonly path: readonly [string, ...string[]];
  /** What stands for the value in help; undefined: a switch (`--allowed`, `--no-allowed`). */
  readonly placeholder: string | undefined;
  readonly repeatable: boolean;
  /** Set where one text may also be the whole list, or a part of it, as a JSON array. */
  readonly flat?: true;
  readonly help: string;
  readonly required: boolean;
  /** Set where an amount may be in it: it is read once the rest has said in which currency. */
  readonly money?: true;
  /** What the word `none` puts, and where, if that is not null in its own place. */
  readonly none?: { readonly path: Flag['path']; readonly value: unknown };
  /** Reads one text. Throws a UsageError that says what was expected. */
  readonly read: (text: string, context: FlagContext) => unknown;
}

/** `saleFrom` is `sale-from`; `eventId` is `event`; `startsAt` is `starts`. */
export function longOf(field: string): string {
  const own = names[field];
  if (own !== undefined) return own;
  const short = field.replace(/(?<=.)(Ids?|At)$/, '');
  return short.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `--tax` would be any of several; `--url` and `--locale` are of the command line itself. */
const names: Readonly<Record<string, string>> = { taxAt: 'tax-at', url: 'to', locale: 'language' };
