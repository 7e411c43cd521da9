import { invalidField, type RequestError } from './request-error.ts';

/**
 * What is wrong with the texts of an input, if anything: a NUL, which PostgreSQL
 * does not keep, or half of a surrogate pair, which is no Unicode at all.
 */
export function unstorable(input: object): RequestError | undefined {
  // A list of what is left, not recursion: callers choose how deep their JSON is.
  const left: [path: string, value: unknown][] = Object.entries(input);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, value] = next;
    if (typeof value === 'string') {
      if (value.includes('\0')) return invalidField(path, 'It holds a NUL character.');
      if (!value.isWellFormed()) return invalidField(path, 'It is not well-formed Unicode.');
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) left.push([`${path}.${key}`, inner]);
    }
  }
  return undefined;
}
