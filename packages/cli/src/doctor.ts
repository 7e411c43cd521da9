import { existsSync, statSync } from 'node:fs';
import type { Diagnosis } from '@ticketi/core';
import { UsageError } from './errors.ts';
import { type Io, widthOf } from './io.ts';
import { openTicketi } from './open.ts';
import { type Check, checksTable } from './output/checks.ts';
import { csvOf } from './output/csv.ts';
import { paintFor } from './output/paint.ts';
import type { Settings } from './settings.ts';

const LEAST_NODE = 22;
/** A clock before this is certainly wrong. */
const LEAST_YEAR = 2025;

/** What the SDK finds of the database and its records, and what only this machine can tell. */
export async function doctor(io: Io, settings: Settings): Promise<number> {
  if (settings.url !== undefined) {
    throw new UsageError('The doctor looks at a database, not at a server.', 'Leave --url out.');
  }
  const ticketi = await openTicketi(settings, io, { sandbox: false, migrate: false });
  try {
    const records = await ticketi.diagnose();
    const checks = [nodeCheck(), clockCheck(), secretFileCheck(settings), ...records.checks];
    const diagnosis: Diagnosis = { ok: checks.every(({ ok }) => ok), checks };
    io.stdout.write(await textOf(io, settings, diagnosis));
    return diagnosis.ok ? 0 : 1;
  } finally {
    await ticketi.close();
  }
}

async function textOf(io: Io, { format }: Settings, diagnosis: Diagnosis): Promise<string> {
  if (format === 'json') return `${JSON.stringify(diagnosis, null, 2)}\n`;
  if (format === 'yaml') return (await import('yaml')).stringify(diagnosis);
  if (format === 'csv') return csvOf({ items: diagnosis.checks, nextCursor: null });
  return checksTable(paintFor(io, 'stdout'), diagnosis.checks, widthOf(io));
}

function nodeCheck(): Check {
  const { node } = process.versions;
  const ok = Number.parseInt(node, 10) >= LEAST_NODE;
  return { name: 'node', ok, message: `Node.js ${node}; ${LEAST_NODE} or later is supported.` };
}

function clockCheck(): Check {
  const now = new Date();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    name: 'machine_clock',
    ok: now.getUTCFullYear() >= LEAST_YEAR,
    message: `It is ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC here; time zone ${zone}.`,
  };
}

function secretFileCheck({ secret, secretFile }: Settings): Check {
  const name = 'secret_file';
  if (secret !== undefined) return { name, ok: true, message: 'The environment has the secret.' };
  if (!existsSync(secretFile)) {
    return { name, ok: true, message: 'There is no secret file; `ticketi init` makes one.' };
  }
  const mode = statSync(secretFile).mode & 0o777;
  const shared = process.platform !== 'win32' && (mode & 0o077) !== 0;
  const octal = mode.toString(8).padStart(3, '0');
  return {
    name,
    ok: !shared,
    message: shared
      ? `${secretFile} can be read by others (${octal}): chmod 600.`
      : 'Only its owner can read the secret file.',
  };
}
