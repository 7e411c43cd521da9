import type { EntryRecord, PostingRecord } from '../posting.ts';
import type { ExpectedPosting, ExpectedSide } from './expected.ts';
import { findingOf, type LedgerFinding } from './finding.ts';

/** Where a posting has to say the same as its record, and its entries as the posting. */
const FIELDS = ['organizerId', 'eventId', 'currency', 'at'] as const;

/** How what is booked of a record differs from what has to be; empty when it does not. */
export function compare(
  expected: ExpectedPosting,
  postings: readonly PostingRecord[],
  entriesOf: (postingId: string) => readonly EntryRecord[],
): LedgerFinding[] {
  const { kind, sourceId: id } = expected;
  const [posting] = postings;
  const about = { kind, id, postingId: posting?.id ?? null };
  if (posting === undefined || postings.length > 1) {
    const finding = posting === undefined ? 'missing_posting' : 'doubled_posting';
    return [findingOf({ ...about, finding, what: kind, expected: 1, actual: postings.length })];
  }
  const entries = entriesOf(posting.id);
  const differs = (what: string, by: number | string | null, actual: typeof by) =>
    by === actual
      ? []
      : [findingOf({ ...about, finding: 'posting_differs', what, expected: by, actual })];
  const booked = summed(entries);
  const due = summed(expected.sides);
  const sum = entries.reduce((total, { amount }) => total + amount, 0);
  return [
    ...FIELDS.flatMap((field) => differs(field, expected[field], posting[field])),
    ...entries.flatMap((entry) =>
      FIELDS.flatMap((field) => differs(`${field} of ${entry.id}`, posting[field], entry[field])),
    ),
    ...[...new Set([...due.keys(), ...booked.keys()])].flatMap((side) =>
      differs(side, due.get(side) ?? 0, booked.get(side) ?? 0),
    ),
    ...(sum === 0
      ? []
      : [
          findingOf({
            ...about,
            finding: 'unbalanced_posting',
            what: 'sum',
            expected: 0,
            actual: sum,
          }),
        ]),
  ];
}

/** Amounts by account, item and party, in words; a side of zero is none. */
function summed(sides: readonly ExpectedSide[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { account, item, party, amount } of sides) {
    const name = `${account} ${item}${party === null ? '' : ` of ${party}`}`;
    sums.set(name, (sums.get(name) ?? 0) + amount);
  }
  return sums;
}
