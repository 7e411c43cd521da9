import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Actor, Surface, Ticketi } from '@ticketi/core';
import { UsageError } from './errors.ts';
import type { Io } from './io.ts';
import type { Settings } from './settings.ts';
import { isPostgres, openStorage } from './storage.ts';

/** The operations as whoever acts, and how to leave. */
export interface Opened {
  readonly surface: Surface;
  close(): Promise<void>;
}

/** The operations that the settings lead to: on a database of our own, or on a server. */
export async function openSurface(settings: Settings, io: Pick<Io, 'cwd'>): Promise<Opened> {
  const { url } = settings;
  if (url !== undefined) return openServer(url, settings);
  const ticketi = await openTicketi(settings, io, { sandbox: true });
  try {
    const actor = actorOf(settings);
    const surface = actor.type === 'system' ? ticketi : ticketi.as(actor);
    return { surface, close: () => ticketi.close() };
  } catch (error) {
    await ticketi.close();
    throw error;
  }
}

async function openServer(url: string, { token, as, guest }: Settings): Promise<Opened> {
  if (as !== undefined || guest !== undefined) {
    throw new UsageError(
      '--as and --guest say who acts on your own database; a server knows you by your token.',
      'Set TICKETI_TOKEN.',
    );
  }
  const { createClient } = await import('@ticketi/client');
  const client = createClient(token === undefined ? { baseUrl: url } : { baseUrl: url, token });
  return { surface: client, close: async () => {} };
}

/** Ticketi on the database of the settings, with the secret if there is one. */
export async function openTicketi(
  settings: Settings,
  { cwd }: Pick<Io, 'cwd'>,
  options: { sandbox: boolean; migrate?: boolean },
): Promise<Ticketi> {
  const { createTicketi, sandboxProvider } = await import('@ticketi/core');
  const secret = secretOf(settings);
  const storage = await openStorage(databasePath(settings.database, cwd));
  try {
    return await createTicketi({
      storage,
      migrate: options.migrate ?? true,
      ...(secret === undefined ? {} : { keys: { secret } }),
      payments: options.sandbox ? { sandbox: sandboxProvider() } : {},
    });
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Files are meant from the working directory. */
export function databasePath(database: string, cwd: string): string {
  return isPostgres(database) || database === ':memory:' ? database : resolve(cwd, database);
}

/** The installation's secret, from the environment or its file. */
export function secretOf({ secret, secretFile }: Settings): string | undefined {
  if (secret !== undefined) return secret;
  return existsSync(secretFile) ? readFileSync(secretFile, 'utf8').trim() : undefined;
}

/** Who acts on the CLI's own database: whoever can open it is trusted, unless they say otherwise. */
export function actorOf({ as, guest }: Pick<Settings, 'as' | 'guest'>): Actor {
  if (guest !== undefined) {
    if (as !== undefined) throw new UsageError('Give --as or --guest, not both.');
    const token = guest.startsWith('@') ? readFileSync(guest.slice(1), 'utf8').trim() : guest;
    return { type: 'guest', token };
  }
  if (as === undefined || as === 'system') return { type: 'system' };
  if (as === 'anonymous') return { type: 'anonymous' };
  const [, id] = /^user:(.+)$/.exec(as) ?? [];
  if (id === undefined) {
    throw new UsageError(`--as does not know ${as}.`, 'Write --as user:<id>, anonymous or system.');
  }
  return { type: 'user', id };
}
