import type { Settings } from '../settings.ts';

export interface Answers {
  readonly database: string;
  readonly organizer: string | undefined;
  readonly owner: string | undefined;
}

/** Asks on the terminal for what the flags left open. */
export async function askAnswers(
  settings: Settings,
  flags: { organizer?: string; owner?: string },
): Promise<Answers> {
  const { default: inquirer } = await import('inquirer');
  const asked = await inquirer.prompt<{ database?: string; organizer?: string; owner?: string }>([
    {
      type: 'input',
      name: 'database',
      message: 'Database (a file, or postgres://…)',
      default: settings.database,
      when: !settings.databaseNamed,
    },
    {
      type: 'input',
      name: 'organizer',
      message: 'Name of an organizer to begin with (empty: none)',
      when: flags.organizer === undefined,
    },
    {
      type: 'input',
      name: 'owner',
      message: 'Your user id in your application, as its owner (empty: none)',
      when: (answers: { organizer?: string }) =>
        flags.owner === undefined && Boolean(flags.organizer ?? answers.organizer),
    },
  ]);
  return {
    database: asked.database ?? settings.database,
    organizer: flags.organizer ?? (asked.organizer || undefined),
    owner: flags.owner ?? (asked.owner || undefined),
  };
}
