import type * as z from 'zod';
import { type Issue, TicketiError } from './errors.ts';

/** Input checked against its schema; the error names every field that is wrong. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  operation: string,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input ?? {});
  if (!result.success) {
    const issues = result.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    }));
    throw invalidInput(operation, issues);
  }
  if (!isStorable(result.data)) throw invalidInput(operation, unstorableTexts(result.data));
  return result.data;
}

function invalidInput(operation: string, issues: readonly Issue[]): TicketiError {
  return new TicketiError({
    code: 'invalid_input',
    kind: 'invalid',
    message: `The input of ${operation} is not valid: ${issues.map(issueText).join('; ')}`,
    issues,
  });
}

/** Whether a database keeps all of its texts; `unstorableTexts` says which it does not. */
function isStorable(input: unknown): boolean {
  if (typeof input === 'string') return !input.includes('\0') && input.isWellFormed();
  if (typeof input !== 'object' || input === null) return true;
  return Object.values(input).every(isStorable);
}

/**
 * Texts that no database keeps: with a NUL, which PostgreSQL refuses, or with
 * half of a surrogate pair, which is no Unicode at all.
 */
function unstorableTexts(input: unknown, path = ''): Issue[] {
  if (typeof input === 'string') {
    if (input.includes('\0')) return [{ path, message: 'It holds a NUL character.' }];
    return input.isWellFormed() ? [] : [{ path, message: 'It is not well-formed Unicode.' }];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, inner]) =>
    unstorableTexts(inner, path === '' ? key : `${path}.${key}`),
  );
}

/** Text of others as every database keeps it, in `most` UTF-16 units at most. */
export function storableText(text: string, most: number): string {
  return text.replaceAll('\0', '').slice(0, most).toWellFormed();
}

function issueText({ path, message }: Issue): string {
  return path === '' ? message : `${path}: ${message}`;
}
