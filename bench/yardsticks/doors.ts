import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { Ticketi } from '@ticketi/core';
import { inkOf, type Pattern } from '../pattern/capture.ts';
import type { Base } from '../stage/base.ts';
import { plainPool } from '../stage/postgres-base.ts';
import { columnTypes } from './limit-postgres.ts';
import { write } from './naive-postgres.ts';
import { oneInFlight } from './one-in-flight.ts';
import { setStatement } from './set-statement.ts';

export const GATES = ['Gate A', 'Gate B'];

/** Who scans the tickets of one event, all of them at two gates. */
export interface Door {
  readonly name: string;
  /** Whether the ticket was let in. */
  scan(ticket: number): Promise<boolean>;
  close(): Promise<void>;
}

/** A ticket that waits outside. */
export interface Waiting {
  readonly id: string;
  /** What Ticketi signed. */
  readonly code: string;
}

export type ScanPattern = Pattern<'scan'>;

/** Ticketi through its public SDK. */
export function ourDoor(ticketi: Ticketi, eventId: string, tickets: readonly Waiting[]): Door {
  const member = ticketi.as({ type: 'user', id: 'owner' });
  let scans = 0;
  return {
    name: 'ours',
    async scan(ticket) {
      scans += 1;
      const { admitted } = await member.checkin.scan({
        eventId,
        code: tickets[ticket]?.code ?? '',
        gate: GATES[scans % GATES.length] ?? null,
        scanId: scanIdOf('ours', scans),
      });
      return admitted;
    },
    close: () => ticketi.close(),
  };
}

/** One scan a transaction, the ticket locked while its rows are written. */
export function naiveDoor(
  base: Base,
  pattern: ScanPattern,
  tickets: readonly Waiting[],
  connections: number,
): Door {
  const pool = plainPool(base.at, connections);
  const passes = signed(tickets);
  let scans = 0;
  return {
    name: `naive, ${connections} connections`,
    async scan(ticket) {
      const pass = passes.read(ticket);
      scans += 1;
      const fresh = pattern.begin({ ...pass, scanId: scanIdOf(`naive${connections}`, scans) });
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query<{ checked_in_at: Date | null; state: string }>(
          'SELECT state, checked_in_at FROM ticketi.tickets WHERE id = $1 FOR UPDATE',
          [pass.ticketId],
        );
        const [found] = rows;
        const admitted = found?.state === 'valid' && found.checked_in_at === null;
        if (admitted) await write(client, pattern.steps.scan, inkOf(pattern, fresh));
        await client.query('COMMIT');
        return admitted;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** Whatever was scanned meanwhile in one statement; a ticket that was in already fails the run. */
export async function limitDoor(
  base: Base,
  pattern: ScanPattern,
  tickets: readonly Waiting[],
): Promise<Door> {
  const pool = plainPool(base.at, 1);
  const { text, values } = setStatement(pattern.steps.scan, await columnTypes(pool));
  const passes = signed(tickets);
  let scans = 0;
  const submit = oneInFlight<readonly string[]>(async (batch) => {
    const { rows } = await pool.query<string[]>({
      name: 'scan',
      text,
      values: values(batch, pattern.moments()),
      rowMode: 'array',
    });
    if (Number(rows[0]?.[0]) !== batch.length) throw new Error('A ticket was in already.');
  });
  return {
    name: 'limit',
    async scan(ticket) {
      scans += 1;
      await submit(pattern.begin({ ...passes.read(ticket), scanId: scanIdOf('limit', scans) }));
      return true;
    },
    close: () => pool.end(),
  };
}

/** As long as a device's own. */
function scanIdOf(door: string, scan: number): string {
  return `${door}-${scan}`.padEnd(24, '-');
}

export function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}

interface Pass {
  readonly text: string;
  readonly id: string;
  readonly signature: Buffer;
}

/** The yardsticks check signatures as Ticketi does, on codes of a form of their own. */
function signed(tickets: readonly Waiting[]) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const passes = tickets.map(({ id }) => passOf(id, privateKey));
  return {
    read(ticket: number): { ticketId: string; digest: string } {
      const pass = passes[ticket];
      if (pass === undefined) throw new Error(`There is no ticket ${ticket}.`);
      if (!verify(null, Buffer.from(pass.id), publicKey, pass.signature)) {
        throw new Error(`The signature of ${pass.id} is wrong.`);
      }
      return { ticketId: pass.id, digest: digestOf(pass.text) };
    },
  };
}

function passOf(id: string, key: KeyObject): Pass {
  const signature = sign(null, Buffer.from(id), key);
  return { id, signature, text: `${id}.${signature.toString('base64url')}` };
}
