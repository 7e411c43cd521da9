import { createTicketi, generateSecret, type Ticketi } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import { canAsk, type Io } from '../io.ts';
import { databasePath } from '../open.ts';
import { paintFor } from '../output/paint.ts';
import { CONFIG_FILE, type Settings } from '../settings.ts';
import { openStorage } from '../storage.ts';
import { type Answers, askAnswers } from './ask.ts';
import { existing, writeConfig, writeSecret } from './files.ts';

/** What `ticketi init` made; `--json` prints it. */
interface Made {
  database: string;
  config: string;
  secretFile: string;
  organizerId: string | null;
}

/** Makes a config file, a secret and a database in this folder, and an organizer if one is named. */
export async function init(
  io: Io,
  settings: Settings,
  flags: { organizer?: string; owner?: string },
): Promise<number> {
  const { secretFile } = settings;
  const there = existing(io.cwd, secretFile);
  if (there !== undefined) {
    throw new UsageError(
      `${there} exists already; init overwrites nothing.`,
      'Take it away first if you really want a new one. Tickets that were signed with a secret need it.',
    );
  }
  const answers: Answers =
    canAsk(io, settings.prompts) && !settings.yes
      ? await askAnswers(settings, flags)
      : { database: settings.database, organizer: flags.organizer, owner: flags.owner };

  const storage = await openStorage(databasePath(answers.database, io.cwd));
  await storage.migrate();
  // A database that had to keep its own secret goes on with it: it sealed the keys that are there.
  const kept = await storage.write((tx) => tx.secrets.find());
  const secret = kept ?? Buffer.from(generateSecret()).toString('base64');
  const ticketi = await createTicketi({ storage, keys: { secret } });
  try {
    const made: Made = {
      database: answers.database,
      config: writeConfig(io.cwd, answers.database, secretFile),
      secretFile: writeSecret(secretFile, secret),
      organizerId: await makeOrganizer(ticketi, answers),
    };
    tell(io, settings, made);
    return 0;
  } finally {
    await ticketi.close();
  }
}

async function makeOrganizer(
  ticketi: Ticketi,
  { organizer: name, owner }: Answers,
): Promise<string | null> {
  if (name === undefined) return null;
  const surface = owner === undefined ? ticketi : ticketi.as({ type: 'user', id: owner });
  return (await surface.organizers.create({ name })).id;
}

function tell(io: Io, { format, quiet }: Settings, made: Made): void {
  if (format === 'json') {
    io.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
    return;
  }
  if (quiet) {
    if (made.organizerId !== null) io.stdout.write(`${made.organizerId}\n`);
    return;
  }
  const paint = paintFor(io, 'stdout');
  const lines: [string, string][] = [
    ['database', withoutPassword(made.database)],
    ['config', CONFIG_FILE],
    ['secret', `${made.secretFile} (keep it out of version control, and keep a copy)`],
  ];
  if (made.organizerId !== null) lines.push(['organizer', made.organizerId]);
  for (const [what, where] of lines) {
    io.stdout.write(`${paint.green('✓')} ${what.padEnd(9)} ${where}\n`);
  }
  io.stderr.write(`${paint.cyan('next:')} ticketi event create --help\n`);
}

function withoutPassword(database: string): string {
  return database.replace(/(:\/\/[^:/@]+):[^@]*@/, '$1:***@');
}
