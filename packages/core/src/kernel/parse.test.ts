import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseInput } from './parse.ts';

const schema = z.strictObject({
  name: z.string().max(10),
  tags: z.array(z.strictObject({ text: z.string() })).default([]),
});

describe('input', () => {
  it('is refused with every field that is wrong', () => {
    expect(() => parseInput(schema, 'events.create', { name: 7, extra: true })).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        kind: 'invalid',
        issues: [
          expect.objectContaining({ path: 'name' }),
          expect.objectContaining({ path: '', message: expect.stringContaining('extra') }),
        ],
      }),
    );
  });

  it.each([
    ['a NUL', 'a\0b'],
    ['half of a surrogate pair', 'a\ud83d'],
  ])('is refused with %s, wherever it lies', (_case, text) => {
    expect(() => parseInput(schema, 'events.create', { name: text })).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: 'name' })] }),
    );
    expect(() => parseInput(schema, 'events.create', { name: 'a', tags: [{ text }] })).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: 'tags.0.text' })] }),
    );
  });

  it('keeps emoji and other planes', () => {
    expect(parseInput(schema, 'events.create', { name: '🎟 Fête' }).name).toBe('🎟 Fête');
  });

  it('counts as empty when it is left out', () => {
    expect(() => parseInput(schema, 'events.create', undefined)).toThrow(/name/);
  });
});
