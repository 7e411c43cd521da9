import {
  manualProvider,
  type PaymentProvider,
  type PaymentProviders,
  type PaymentRequest,
  type PaymentResult,
  type RefundRequest,
  type RefundResult,
} from '@ticketi/core';
import type { Chance } from './chance.ts';
import type { Danger } from './faults.ts';
import type { Life, Sabotage } from './machine.ts';

/** What buyers choose, and what then happens at the provider. */
export const METHODS = [
  'succeeds',
  'declines',
  'answers_late',
  'needs_action',
  'never',
  'pays_less',
  'pays_more',
  'other_currency',
] as const;
type Method = (typeof METHODS)[number];

/** One charge as the provider has it: the truth about this money. */
export interface Charge {
  readonly reference: string;
  readonly providerRef: string;
  readonly method: Method;
  /** What was asked for, in minor units. */
  readonly amount: number;
  readonly currency: string;
  state: 'pending' | 'succeeded' | 'declined';
  /** What came, in minor units of `paidIn`; 0 until it succeeds. */
  received: number;
  readonly paidIn: string;
  /** What went back, by the reference of the refund. */
  readonly refunds: Map<string, number>;
}

/** A provider that remembers what it really charged and gave back. */
export interface Bank {
  readonly charges: Map<string, Charge>;
  /** Refunds that a careful provider would not have been asked for. */
  readonly complaints: string[];
  /** Cash that was handed over the counter, by payment, and what was handed back. */
  readonly cash: Map<string, { received: number; currency: string }>;
  readonly handedBack: Map<string, { reference: string; amount: number; currency: string }>;
  /** The providers as a process reaches them. */
  providers(life: Life): PaymentProviders;
  /** A charge that waited goes through after all, or never will. */
  settle(charge: Charge, paid: boolean): void;
  /** What the provider says of a charge now. */
  word(charge: Charge): PaymentResult;
  /** From now on everything works. */
  heal(): void;
}

export const BANK = 'bank';

export function createBank(
  chance: Chance,
  danger: Danger,
  wrong: Sabotage['provider'] = (provider) => provider,
): Bank {
  const charges = new Map<string, Charge>();
  const complaints: string[] = [];
  const cash: Bank['cash'] = new Map();
  const handedBack: Bank['handedBack'] = new Map();
  let healed = false;

  function charge(request: PaymentRequest): Charge {
    const known = charges.get(request.reference);
    if (known !== undefined) return known;
    const method = METHODS.find((own) => own === request.method) ?? 'succeeds';
    const made: Charge = {
      reference: request.reference,
      providerRef: `bank:${request.reference}`,
      method,
      amount: request.amount,
      currency: request.currency,
      state: 'pending',
      received: 0,
      paidIn: method === 'other_currency' ? 'USD' : request.currency,
      refunds: new Map(),
    };
    charges.set(made.reference, made);
    if (method === 'declines') settle(made, false);
    else if (method !== 'answers_late' && method !== 'needs_action' && method !== 'never') {
      settle(made, true);
    }
    return made;
  }

  function settle(made: Charge, paid: boolean): void {
    made.state = paid ? 'succeeded' : 'declined';
    if (!paid) return;
    const difference = { pays_less: -1, pays_more: 250 } as const;
    const off = made.method === 'pays_less' || made.method === 'pays_more';
    made.received = made.amount + (off ? difference[made.method] : 0);
  }

  function word({ state, providerRef, received, paidIn, method }: Charge): PaymentResult {
    if (state === 'succeeded') return { state, providerRef, amount: received, currency: paidIn };
    if (state === 'declined') return { state, providerRef, reason: 'card_declined' };
    return method === 'needs_action'
      ? { state: 'requires_action', providerRef, action: 'https://bank.example/confirm' }
      : { state: 'pending', providerRef };
  }

  function refund({ reference, providerRef, amount, currency }: RefundRequest): RefundResult {
    const made = charges.get(providerRef.slice('bank:'.length));
    if (made === undefined) {
      complaints.push(`refund ${reference} is of no charge (${providerRef})`);
      return { state: 'failed', reason: 'unknown_charge' };
    }
    const before = made.refunds.get(reference);
    if (before === undefined) {
      if (!healed && chance.percent(10)) return { state: 'failed', reason: 'try_later' };
      made.refunds.set(reference, amount);
    } else if (before !== amount) {
      complaints.push(`refund ${reference} was ${before}, and is now to be ${amount}`);
    }
    const back = [...made.refunds.values()].reduce((sum, part) => sum + part, 0);
    if (back > made.received || currency !== made.paidIn) {
      complaints.push(
        `${made.reference} got ${made.received} ${made.paidIn}, gave back ${back} ${currency}`,
      );
    }
    return { state: 'succeeded', providerRef: `bank:refund:${reference}` };
  }

  /** A call over the network, which may be lost on its way there or back. */
  function overTheWire<T>(life: Life, act: () => T): Promise<T> {
    return life.answer(async () => {
      const fault = danger.strikes('provider');
      if (fault?.kind === 'dies_before_provider') life.end();
      // Nobody waits for the answer any more.
      if (life.isOver) throw new Error('The process is gone.');
      if (fault?.kind === 'provider_unreached') throw new Error('The bank cannot be reached.');
      const answer = act();
      if (fault?.kind === 'dies_after_provider') life.end();
      if (fault?.kind === 'provider_unheard') throw new Error('The bank does not answer.');
      return answer;
    });
  }

  function bankOf(life: Life): PaymentProvider {
    return {
      create: (request) => overTheWire(life, () => word(charge(request))),
      lookUp: ({ reference, providerRef }) =>
        overTheWire(life, () => {
          const made = charges.get(reference);
          if (made === undefined) {
            return { state: 'declined', providerRef, reason: 'unknown_payment' };
          }
          if (made.state === 'pending' && made.method !== 'never' && chance.percent(50)) {
            settle(made, true);
          }
          return word(made);
        }),
      refund: (request) => overTheWire(life, () => refund(request)),
    };
  }

  /** Who counts the cash, and hands it back. */
  function counterOf(life: Life): PaymentProvider {
    const manual = manualProvider();
    return {
      create: (request) => life.answer(() => manual.create(request)),
      lookUp: (request) => life.answer(() => manual.lookUp(request)),
      refund: (request) =>
        life.answer(() => {
          const { reference, amount, currency } = request;
          handedBack.set(reference, { reference, amount, currency });
          return manual.refund(request);
        }),
    };
  }

  return {
    charges,
    complaints,
    cash,
    handedBack,
    providers: (life) => ({ [BANK]: wrong(bankOf(life)), manual: counterOf(life) }),
    settle,
    word,
    heal() {
      healed = true;
    },
  };
}
