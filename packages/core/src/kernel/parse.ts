import type * as z from 'zod';
import { type Issue, TicketiError } from './errors.ts';

/** Input checked against its schema; the error names every field that is wrong. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  operation: string,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const issues: Issue[] = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  throw new TicketiError({
    code: 'invalid_input',
    kind: 'invalid',
    message: `The input of ${operation} is not valid: ${issues.map(issueText).join('; ')}`,
    issues,
  });
}

function issueText({ path, message }: Issue): string {
  return path === '' ? message : `${path}: ${message}`;
}
