import { given, type Instant, parseInput } from '../../kernel/index.ts';
import type { Locale } from '../../print/index.ts';
import type { Subscribe } from '../../webhooks/index.ts';
import { composeLetters } from '../operations/letters.ts';
import type { Letter } from './letter.ts';
import { LETTER_FACTS } from './letters.ts';

/** A letter as a mailer takes it: attachments have the fields that nodemailer's have. */
export type OutgoingLetter = Omit<Letter, 'attachments'> & {
  attachments: { filename: string; contentType: string; content: Uint8Array }[];
};

export interface MailOptions {
  /** Of the durable subscriber, the same in every process. Default `mail`. */
  name?: string;
  /** The first time: from which facts on. Default `now`: nobody is written to of what is past. */
  from?: 'now' | 'start' | Instant;
  /** The language of letters and tickets. Default `en`. */
  locale?: Locale;
  /** An order's page: `https://tickets.example/orders/{orderId}#{accessToken}`. */
  orderLink?: string;
  /**
   * Where tickets that are offered are accepted, and those are that were:
   * `https://tickets.example/transfers/{transferId}#{accessToken}`.
   */
  transferLink?: string;
  /** Where an offer of the waitlist is claimed: `https://tickets.example/offers#{code}`. */
  offerLink?: string;
  /** Told when a letter could not be composed or sent; it is tried again. */
  onError?: (error: unknown, factId: string) => void;
}

/**
 * `ticketi.mail`: has letters composed when facts are dispatched and hands each to the host, who
 * sends it. At least once: where it throws, the letters of that fact come again as handlers'
 * facts do (docs/webhooks.md), with the same ids. What it returns ends it in this process.
 */
export type Mail = (send: (letter: OutgoingLetter) => unknown, options?: MailOptions) => () => void;

type Composed = (input: {
  factId: string;
  locale?: Locale;
  orderLink?: string;
  transferLink?: string;
  offerLink?: string;
}) => Promise<{ letters: Letter[] }>;

export function createMail(on: Subscribe, compose: Composed): Mail {
  return (send, { name = 'mail', from = 'now', onError, ...options } = {}) => {
    const { locale, orderLink, transferLink, offerLink } = options;
    const said = given({ locale, orderLink, transferLink, offerLink });
    parseInput(composeLetters.input.omit({ factId: true }), 'ticketi.mail', said);
    return on(
      LETTER_FACTS,
      async ({ id }) => {
        const { letters } = await compose({ factId: id, ...said });
        for (const { attachments, ...letter } of letters) {
          await send({ ...letter, attachments: attachments.map(withContent) });
        }
      },
      {
        name,
        from,
        ...(onError === undefined ? {} : { onError: (error, { id }) => onError(error, id) }),
      },
    );
  };
}

function withContent({ base64, ...about }: Letter['attachments'][number]) {
  return { ...about, content: Buffer.from(base64, 'base64') };
}
