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
  readonly help: string;
  readonly required: boolean;
  /** Reads one text. Throws a UsageError that says what was expected. */
  readonly read: (text: string, context: FlagContext) => unknown;
}

/** `saleFrom` is `sale-from`; `eventId` is `event`; `startsAt` is `starts`. */
export function longOf(field: string): string {
  const short = field.replace(/(?<=.)(Ids?|At)$/, '');
  return short.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
