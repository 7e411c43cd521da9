import type { Scope } from '../../kernel/index.ts';
import type { ReadTx } from '../../port.ts';
import { compare } from './compare.ts';
import { findingOf, type LedgerFinding } from './finding.ts';
import { type Demands, sources } from './sources.ts';

/** Findings beyond these are not looked for: somebody has to look into the first ones anyway. */
const MOST = 1000;

/**
 * Recomputes the books from first principles and compares them, record by record:
 * what must be booked is, once, with every side of it; and what is booked has its
 * record. It reads everything, a page at a time. At most 1,000 findings.
 */
export async function verifyBooks(tx: ReadTx, scope: Scope): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (const source of sources) {
    for await (const demands of source(tx, scope)) {
      findings.push(...demands.findings, ...(await compareAll(tx, demands)));
      if (findings.length >= MOST) return findings.slice(0, MOST);
    }
  }
  findings.push(...(await unfounded(tx, scope)), ...(await strays(tx, scope)));
  return findings.slice(0, MOST);
}

async function compareAll(tx: ReadTx, { postings }: Demands): Promise<LedgerFinding[]> {
  if (postings.length === 0) return [];
  const key = ({ kind, sourceId }: { kind: string; sourceId: string }) => `${kind} ${sourceId}`;
  const booked = Map.groupBy(
    await tx.ledger.postings.ofSources([...new Set(postings.map(({ sourceId }) => sourceId))]),
    key,
  );
  const wanted = postings.flatMap((expected) => booked.get(key(expected)) ?? []);
  const entries = Map.groupBy(
    await tx.ledger.entriesOf(wanted.map(({ id }) => id)),
    ({ postingId }) => postingId,
  );
  return postings.flatMap((expected) =>
    compare(expected, booked.get(key(expected)) ?? [], (id) => entries.get(id) ?? []),
  );
}

async function unfounded(tx: ReadTx, scope: Scope): Promise<LedgerFinding[]> {
  const postings = await tx.ledger.postings.unfounded(scope, MOST);
  return postings.map(({ id: postingId, kind, sourceId: id }) =>
    findingOf({
      finding: 'unfounded_posting',
      kind,
      id,
      postingId,
      what: kind,
      expected: 0,
      actual: 1,
    }),
  );
}

async function strays(tx: ReadTx, scope: Scope): Promise<LedgerFinding[]> {
  const entries = await tx.ledger.strays(scope, MOST);
  return entries.map(({ id, account, item, amount }) =>
    findingOf({
      finding: 'stray_entry',
      kind: null,
      id,
      postingId: null,
      what: `${account} ${item}`,
      expected: null,
      actual: amount,
    }),
  );
}
