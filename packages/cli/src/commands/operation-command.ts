/** How an operation is called on the command line. */
export interface OperationCommand {
  /** The words after `ticketi`: a noun, or a noun and a verb. */
  readonly command: string;
  /** Other names of the verb. */
  readonly aliases?: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** The field that may be given without its flag: `ticketi event show evt_...`. */
  readonly subject?: string;
  /** The event is not part of the input, but amounts need its currency. */
  readonly currencyFromEvent?: true;
  /** Full lines, without the `$`. */
  readonly examples: readonly [string, ...string[]];
  /** It cannot be undone: it wants `--confirm` with the id (or name) of its subject, or `--yes`. */
  readonly irreversible?: true;
}
