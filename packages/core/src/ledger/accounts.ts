import * as z from 'zod';

export const Account = z
  .enum([
    'provider_clearing',
    'organizer_payable',
    'tax_payable',
    'platform_fees',
    'seller_payable',
    'buyer_credit',
    'gift_cards',
    'payouts_in_transit',
  ])
  .meta({ id: 'Account', description: 'An account of the books.' });
export type Account = z.output<typeof Account>;

/** What an account is for. */
export interface AccountFacts {
  /** In words, as the docs have it. */
  readonly holds: string;
  /** The side on which it stands as a rule: debits are positive, credits negative. */
  readonly normal: 'debit' | 'credit';
  /** What `party` of its entries names; null: they have none. */
  readonly party: string | null;
}

/** The chart of accounts. */
export const ACCOUNTS: Readonly<Record<Account, AccountFacts>> = {
  provider_clearing: {
    holds: 'money that payment providers hold for the platform',
    normal: 'debit',
    party: null,
  },
  organizer_payable: { holds: 'owed to the organizer', normal: 'credit', party: null },
  tax_payable: {
    holds: 'taxes inside what was sold, for the organizer to hand on',
    normal: 'credit',
    party: 'the tax rate',
  },
  platform_fees: { holds: 'the platform’s own income', normal: 'credit', party: null },
  seller_payable: {
    holds: 'owed to who resold a ticket',
    normal: 'credit',
    party: 'the ticket that they sold',
  },
  buyer_credit: { holds: 'received, but owed back to the buyer', normal: 'credit', party: null },
  gift_cards: {
    holds: 'owed in tickets to who has a gift card',
    normal: 'credit',
    party: 'the gift card',
  },
  payouts_in_transit: {
    holds: 'on its way out, not known to have arrived',
    normal: 'credit',
    party: 'the payout',
  },
};

/**
 * What an entry is for, so that a statement shows gross sales, discounts, fees and
 * taxes although what is owed is net.
 */
export const Item = z
  .enum([
    'price',
    'discount',
    'fee',
    'absorbed_fee',
    'tax',
    'tax_relief',
    'rounding',
    'payment',
    'gift_card',
    'resale_price',
    'seller_fee',
    'buyer_fee',
    'organizer_share',
    'refund',
    'payout',
  ])
  .meta({ id: 'LedgerItem', description: 'What an entry is for.' });
export type Item = z.output<typeof Item>;
