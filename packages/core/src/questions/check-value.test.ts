import { describe, expect, it } from 'vitest';
import { checkValue } from './check-value.ts';
import type { AnswerValue, QuestionRecord, QuestionType } from './question.ts';

type Terms = Partial<Pick<QuestionRecord, 'options' | 'min' | 'max'>>;

function check(type: QuestionType, given: AnswerValue, terms: Terms = {}) {
  const checked = checkValue({ options: null, min: null, max: null, ...terms, type }, given);
  if (checked === undefined) return undefined;
  return 'code' in checked ? checked.code : [checked.value];
}

const options = ['S', 'M', 'L'];

describe('an answer', () => {
  it.each<[QuestionType, AnswerValue, AnswerValue, Terms?]>([
    ['text', '  Ada ', 'Ada'],
    ['text', '\u{1F39F}\u{1F39F}', '\u{1F39F}\u{1F39F}', { min: 2, max: 2 }],
    ['long_text', 'one\ntwo', 'one\ntwo'],
    ['number', 0, 0, { min: 0 }],
    ['number', 1.5, 1.5, { max: 2 }],
    ['boolean', false, false],
    ['choice', 'M', 'M', { options }],
    ['choices', ['L', 'S', 'L'], ['S', 'L'], { options, min: 2, max: 2 }],
    ['date', '2028-02-29', '2028-02-29'],
    ['email', 'Ada@Example.COM', 'ada@example.com'],
    ['phone', '+49 (30) 123-456', '+4930123456'],
    ['country', 'de', 'DE'],
  ])('%s %j is kept as %j', (type, given, kept, terms) => {
    expect(check(type, given, terms)).toEqual([kept]);
  });

  it.each<[QuestionType, AnswerValue, string, Terms?]>([
    ['text', 5, 'wrong_type'],
    ['text', 'ab', 'too_short', { min: 3 }],
    ['text', 'abcd', 'too_long', { max: 3 }],
    ['text', 'a'.repeat(301), 'too_long', { max: 5000 }],
    ['text', 'a\nb', 'not_valid'],
    ['number', '5', 'wrong_type'],
    ['number', 17, 'too_small', { min: 18 }],
    ['number', 121, 'too_large', { max: 120 }],
    ['boolean', 'true', 'wrong_type'],
    ['choice', 'XL', 'not_an_option', { options }],
    ['choice', ['M'], 'wrong_type', { options }],
    ['choices', 'M', 'wrong_type', { options }],
    ['choices', ['M', 'XL'], 'not_an_option', { options }],
    ['choices', ['M', 'M'], 'too_few', { options, min: 2 }],
    ['choices', ['S', 'M'], 'too_many', { options, max: 1 }],
    ['date', '2027-02-29', 'not_valid'],
    ['date', '10.07.2027', 'not_valid'],
    ['email', 'ada', 'not_valid'],
    ['phone', '030 123456', 'not_valid'],
    ['country', 'XX', 'not_valid'],
    ['country', 'Germany', 'not_valid'],
  ])('%s %j is %s', (type, given, code, terms) => {
    expect(check(type, given, terms)).toBe(code);
  });

  it.each<[QuestionType, AnswerValue]>([
    ['text', '  '],
    ['choice', ''],
    ['choices', []],
    ['phone', ''],
  ])('%s %j is none', (type, given) => {
    expect(check(type, given, { options })).toBeUndefined();
  });
});
