import type { OperationName, Surface } from '@ticketi/core';
import { Interrupted, UsageError } from '../errors.ts';
import type { Fields } from '../flags/input.ts';
import { canAsk, type Io } from '../io.ts';
import type { Settings } from '../settings.ts';

interface Question {
  readonly name: OperationName;
  readonly surface: Surface;
  readonly subject: string;
  readonly fields: Fields;
  /** What `--confirm` said. */
  readonly confirmed: string | undefined;
}

/** What cannot be undone is named a second time: by `--confirm`, at a prompt, or waived by `--yes`. */
export async function confirm(io: Io, settings: Settings, question: Question): Promise<void> {
  const { name, surface, fields, subject, confirmed } = question;
  const id = String(fields[subject]);
  if (settings.yes) return;
  const names = await namesOf(surface, name, id);
  if (confirmed !== undefined) {
    if (names.includes(confirmed)) return;
    throw new UsageError(
      `--confirm ${JSON.stringify(confirmed)} is not what would be changed for good.`,
      `That is ${names.map((each) => JSON.stringify(each)).join(' or ')}.`,
    );
  }
  if (!canAsk(io, settings.prompts)) {
    throw new UsageError(
      'This cannot be undone.',
      `Add --confirm ${JSON.stringify(names.at(-1))}, or --yes.`,
    );
  }
  const { default: inquirer } = await import('inquirer');
  const { sure } = await inquirer.prompt<{ sure: boolean }>([
    {
      type: 'confirm',
      name: 'sure',
      message: `This cannot be undone. Go on with ${names.at(-1)}?`,
      default: false,
    },
  ]);
  if (!sure) throw new Interrupted();
}

/** What a person may call it: its id; an event by its slug and name as well. */
async function namesOf(surface: Surface, name: OperationName, id: string): Promise<string[]> {
  if (name !== 'events.cancel') return [id];
  const event = await surface.events.get({ eventId: id });
  return [id, event.slug, event.name];
}
