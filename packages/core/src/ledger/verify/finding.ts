import * as z from 'zod';
import { idOf } from '../../kernel/index.ts';
import { PostingKind } from '../posting.ts';

const Value = z.union([z.int(), z.string()]).nullable();

/** Something on which the books and the records do not agree. */
export const LedgerFinding = z
  .object({
    finding: z.enum([
      'missing_posting',
      'doubled_posting',
      'unfounded_posting',
      'unbalanced_posting',
      'posting_differs',
      'stray_entry',
      'records_disagree',
    ]),
    kind: PostingKind.nullable().meta({ description: 'Null: it is about the records alone.' }),
    id: z.string().meta({ description: 'The record that is booked, or should be.' }),
    postingId: idOf('pst').nullable(),
    what: z.string().meta({
      description: 'What differs: a field, or an account with its item and its party.',
    }),
    expected: Value.meta({ description: 'By the records; amounts in minor units.' }),
    actual: Value.meta({ description: 'In the books.' }),
    message: z.string().meta({ description: 'The same in words.' }),
  })
  .meta({ id: 'LedgerFinding' });
export type LedgerFinding = z.output<typeof LedgerFinding>;

/** A finding with its sentence. */
export function findingOf(found: Omit<LedgerFinding, 'message'>): LedgerFinding {
  return { ...found, message: sentenceOf(found) };
}

function sentenceOf(found: Omit<LedgerFinding, 'message'>): string {
  const { finding, id, what, expected, actual } = found;
  const kind = String(found.kind).replaceAll('_', ' ');
  switch (finding) {
    case 'missing_posting':
      return `The ${kind} of ${id} is not booked.`;
    case 'doubled_posting':
      return `The ${kind} of ${id} is booked ${String(actual)} times.`;
    case 'unfounded_posting':
      return `A ${kind} of ${id} is booked, which no record asks for.`;
    case 'unbalanced_posting':
      return `The entries of the ${kind} of ${id} come to ${String(actual)}, not to zero.`;
    case 'posting_differs':
      return `The ${kind} of ${id} has ${what} ${String(actual)} in the books, and ${String(expected)} by the records.`;
    case 'stray_entry':
      return `Entry ${id} (${what}, ${String(actual)}) has no posting.`;
    case 'records_disagree':
      return `${id} says ${String(actual)} for ${what}, and the records beside it ${String(expected)}.`;
  }
}
