import { isObject } from '../settings.ts';

/** The codes of a lot, one a line. */
export function lotLines({ codes }: Readonly<Record<string, unknown>>): string {
  return codesOf(codes)
    .map((code) => `${code}\n`)
    .join('');
}

/** A lot of codes as a list of its codes, so that each has a line of its own. */
export function listed(value: unknown): unknown {
  if (!isObject(value) || typeof value.batch !== 'string' || !Array.isArray(value.codes)) {
    return value;
  }
  const { batch } = value;
  return { items: codesOf(value.codes).map((code) => ({ batch, code })) };
}

function codesOf(codes: unknown): string[] {
  return Array.isArray(codes) ? codes.map(String) : [];
}
