import * as z from 'zod';
import { unreachable } from '../kernel/index.ts';
import { isCountry } from './countries.ts';
import type { AnswerValue, QuestionRecord } from './question.ts';
import type { AnswerProblem } from './refusals.ts';

/** What is wrong with an answer: a code and a sentence. */
export type Fault = Pick<AnswerProblem, 'code' | 'message'>;

const LONGEST = { text: 300, long_text: 10_000 } as const;
const date = z.iso.date();
const email = z.email().max(254);
/** E.164: a plus, a country, 15 digits at most. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * An answer as it is kept, or why it is none; undefined: nothing was said. Texts
 * are trimmed, addresses in lower case, phone numbers without blanks.
 */
export function checkValue(
  question: Pick<QuestionRecord, 'type' | 'options' | 'min' | 'max'>,
  given: AnswerValue,
): { readonly value: AnswerValue } | Fault | undefined {
  const { type } = question;
  switch (type) {
    case 'number':
      return typeof given === 'number' ? numberWithin(question, given) : wrongType('a number');
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : wrongType('true or false');
    case 'choices':
      return Array.isArray(given) ? choicesOf(question, given) : wrongType('a list of options');
    case 'text':
    case 'long_text':
    case 'choice':
    case 'date':
    case 'email':
    case 'phone':
    case 'country': {
      if (typeof given !== 'string') return wrongType('a text');
      const text = given.trim();
      return text === '' ? undefined : textOf({ ...question, type }, text);
    }
    default:
      return unreachable(type);
  }
}

function textOf(
  question: Pick<QuestionRecord, 'options' | 'min' | 'max'> & {
    type: Exclude<QuestionRecord['type'], 'number' | 'boolean' | 'choices'>;
  },
  text: string,
): { readonly value: string } | Fault {
  const { type, options, min, max } = question;
  switch (type) {
    case 'text':
    case 'long_text': {
      const [length, most] = [[...text].length, Math.min(max ?? LONGEST[type], LONGEST[type])];
      if (min !== null && length < min) return fault('too_short', `It needs ${min} characters.`);
      if (length > most) return fault('too_long', `It has ${most} characters at most.`);
      if (type === 'text' && /[\r\n]/.test(text)) return fault('not_valid', 'It is one line.');
      return { value: text };
    }
    case 'choice':
      if (!(options ?? []).includes(text)) return fault('not_an_option', 'It is no option.');
      return { value: text };
    case 'date':
      if (!date.safeParse(text).success) {
        return fault('not_valid', 'Write a date as 2027-07-10.');
      }
      return { value: text };
    case 'email':
      if (!email.safeParse(text).success) return fault('not_valid', 'It is no address.');
      return { value: text.toLowerCase() };
    case 'phone': {
      const digits = text.replace(/[\s().\u002F-]/g, '');
      if (!PHONE.test(digits)) {
        return fault('not_valid', 'Write a number with its country, as +49 30 123456.');
      }
      return { value: digits };
    }
    case 'country': {
      const country = text.toUpperCase();
      if (!isCountry(country)) return fault('not_valid', 'Write a country as ISO 3166: DE.');
      return { value: country };
    }
    default:
      return unreachable(type);
  }
}

function numberWithin(
  { min, max }: Pick<QuestionRecord, 'min' | 'max'>,
  value: number,
): { readonly value: number } | Fault {
  if (min !== null && value < min) return fault('too_small', `It is ${min} or more.`);
  if (max !== null && value > max) return fault('too_large', `It is ${max} or less.`);
  return { value };
}

/** Options that were chosen, in the order of the question's. */
function choicesOf(
  { options, min, max }: Pick<QuestionRecord, 'options' | 'min' | 'max'>,
  given: readonly string[],
): { readonly value: string[] } | Fault | undefined {
  const chosen = new Set(given.map((text) => text.trim()));
  const all = options ?? [];
  if ([...chosen].some((text) => !all.includes(text))) {
    return fault('not_an_option', 'One of them is no option.');
  }
  if (chosen.size === 0) return undefined;
  if (min !== null && chosen.size < min) return fault('too_few', `Choose ${min} or more.`);
  if (max !== null && chosen.size > max) return fault('too_many', `Choose ${max} at most.`);
  return { value: all.filter((option) => chosen.has(option)) };
}

function wrongType(what: string): Fault {
  return fault('wrong_type', `It is ${what}.`);
}

function fault(code: Fault['code'], message: string): Fault {
  return { code, message };
}
