import type { OperationCommand } from './operation-command.ts';

/** How it is paid, and what is written about it: payments, gift cards, invoices. */
export const paying = {
  'payments.get': {
    command: 'payment show',
    aliases: ['get'],
    summary: 'Show one payment',
    subject: 'paymentId',
    examples: ['ticketi payment show pay_…'],
  },
  'payments.begin': {
    command: 'payment begin',
    summary: 'Record that an order is about to be paid',
    subject: 'orderId',
    examples: ['ticketi payment begin ord_… --provider manual'],
  },
  'payments.check': {
    command: 'payment check',
    summary: 'Ask the provider how a payment stands',
    subject: 'paymentId',
    examples: ['ticketi payment check pay_…'],
  },
  'payments.confirm': {
    command: 'payment confirm',
    summary: 'Say that the money of a manual payment has come',
    subject: 'paymentId',
    examples: ['ticketi payment confirm pay_… --amount 98.00 --currency EUR'],
  },
  'payments.record': {
    command: 'payment record',
    summary: 'Take in what a provider says of a payment',
    subject: 'paymentId',
    examples: [
      'ticketi payment record pay_… \\\n      --result \'{"state":"pending","providerRef":"pi_1"}\'',
    ],
  },
  'payments.recordRefund': {
    command: 'payment record-refund',
    summary: 'Take in what a provider says of a refund',
    subject: 'refundId',
    examples: [
      'ticketi payment record-refund ref_… \\\n      --result \'{"state":"succeeded","providerRef":"re_1"}\'',
    ],
  },
  'payments.receive': {
    command: 'payment receive',
    summary: 'Take in a webhook of a payment provider',
    subject: 'provider',
    examples: [
      'ticketi payment receive stripe --headers \'{"stripe-signature":"t=…"}\' --body "$BODY"',
    ],
  },
  'payments.recordMessage': {
    command: 'payment record-message',
    summary: 'Take in one message of a provider',
    examples: ['ticketi payment record-message --input message.json'],
  },
  'payments.due': {
    command: 'payment due',
    summary: 'Lease payments left open and refunds still to be sent',
    examples: ['ticketi payment due --older-than-minutes 5 --lease-minutes 1'],
  },
  'payments.settleDue': {
    command: 'payment settle-due',
    summary: 'Ask the providers about payments left open; end those nobody waits for',
    examples: ['ticketi payment settle-due'],
  },
  'payments.sendRefunds': {
    command: 'payment send-refunds',
    summary: 'Send refunds that are due to their providers',
    examples: ['ticketi payment send-refunds'],
  },
  'payments.reconcile': {
    command: 'payment reconcile',
    summary: 'Do what is due at the providers and compare their records with ours',
    examples: ['ticketi payment reconcile', 'ticketi payment reconcile --since-hours 720'],
  },
  'payments.settled': {
    command: 'payment settled',
    summary: 'List payments of a provider that succeeded',
    subject: 'provider',
    examples: ['ticketi payment settled stripe --since 2027-07-01T00:00:00.000Z'],
  },
  'payments.compare': {
    command: 'payment compare',
    summary: 'Compare how a payment stands at its provider with the records',
    examples: ['ticketi payment compare --input comparison.json'],
  },
  'payments.discrepancies': {
    command: 'payment discrepancies',
    summary: 'List where providers and the records disagree',
    subject: 'organizerId',
    examples: [
      'ticketi payment discrepancies',
      'ticketi payment discrepancies --organizer org_… --state resolved',
    ],
  },
  'payments.resolve': {
    command: 'payment resolve',
    summary: 'Write down what became of a discrepancy',
    subject: 'discrepancyId',
    examples: ['ticketi payment resolve dcp_… --resolution "Refunded by hand at the bank"'],
  },
  'giftCards.issue': {
    command: 'gift-card issue',
    summary: 'Make a gift card; its code is shown this once',
    examples: [
      'ticketi gift-card issue --organizer org_… --amount 50.00 --currency EUR',
      'ticketi gift-card issue --organizer org_… --amount 25.00 --currency EUR \\\n      --expires 2030-12-31T23:00:00Z --note "Raffle"',
    ],
  },
  'giftCards.list': {
    command: 'gift-card list',
    summary: 'List the gift cards of an organizer with their balances',
    subject: 'organizerId',
    examples: ['ticketi gift-card list --organizer org_…'],
  },
  'giftCards.get': {
    command: 'gift-card show',
    aliases: ['get'],
    summary: 'Show one gift card with its uses',
    subject: 'giftCardId',
    examples: ['ticketi gift-card show gft_…'],
  },
  'giftCards.balance': {
    command: 'gift-card balance',
    summary: 'Show what is left on a gift card, by its code',
    examples: [
      'ticketi gift-card balance --code -   # the code comes on stdin',
      'ticketi gift-card balance --code env:GIFT_CARD --event evt_…',
    ],
  },
  'giftCards.update': {
    command: 'gift-card update',
    summary: 'Disable a gift card, move its expiry or change its note',
    subject: 'giftCardId',
    examples: [
      'ticketi gift-card update gft_… --state disabled',
      'ticketi gift-card update gft_… --expires none',
    ],
  },
  'giftCards.refund': {
    command: 'gift-card refund',
    summary: 'Give back to the gift cards that paid an order',
    subject: 'orderId',
    examples: ['ticketi gift-card refund ord_…', 'ticketi gift-card refund ord_… --amount 10.00'],
  },
  'invoices.setIssuer': {
    command: 'invoice set-issuer',
    summary: 'Say who issues the invoices of an organizer',
    subject: 'organizerId',
    examples: [
      'ticketi invoice set-issuer org_… --legal-name "Summer Fest e.V." --address-line "Park 1" \\\n      --address-city Berlin --address-country DE --timezone Europe/Berlin \\\n      --tax-id "VAT ID=DE136695976"',
      'ticketi invoice set-issuer org_… --input issuer.yaml',
    ],
  },
  'invoices.getIssuer': {
    command: 'invoice issuer',
    aliases: ['get-issuer'],
    summary: 'Show who issues the invoices of an organizer',
    subject: 'organizerId',
    examples: ['ticketi invoice issuer org_…'],
  },
  'invoices.setBilling': {
    command: 'invoice set-billing',
    summary: 'Say to whom the invoice of an order is to be made out',
    subject: 'orderId',
    examples: [
      'ticketi invoice set-billing ord_… --billing-company "Example GmbH" \\\n      --billing-line "Hauptstr. 1" --billing-city Wien --billing-country AT',
    ],
  },
  'invoices.issue': {
    command: 'invoice issue',
    summary: 'Issue the invoice of an order, once',
    subject: 'orderId',
    examples: [
      'ticketi invoice issue ord_…',
      'ticketi invoice issue ord_… --billing-company "Example GmbH" --billing-tax-id ATU12345675',
    ],
  },
  'invoices.issueDue': {
    command: 'invoice issue-due',
    summary: 'Issue the invoices of orders paid since',
    examples: ['ticketi invoice issue-due --limit 1000'],
  },
  'invoices.credit': {
    command: 'invoice credit',
    summary: 'Issue a credit note: of all that is left, of units, of an amount',
    subject: 'invoiceId',
    irreversible: true,
    currencyFromEvent: true,
    examples: [
      'ticketi invoice credit inv_… --reason "Wrong address" --yes',
      'ticketi invoice credit inv_… --line 0=1 --reason "One ticket less" --yes',
      'ticketi invoice credit inv_… --amount 10.00 --event evt_… --reason Goodwill --yes',
    ],
  },
  'invoices.get': {
    command: 'invoice show',
    aliases: ['get'],
    summary: 'Show one invoice or credit note',
    subject: 'invoiceId',
    examples: ['ticketi invoice show inv_…'],
  },
  'invoices.list': {
    command: 'invoice list',
    summary: 'List invoices and credit notes',
    examples: [
      'ticketi invoice list --organizer org_… --year 2027',
      'ticketi invoice list --organizer org_… --year 2027 --all --format csv',
    ],
  },
  'invoices.pdf': {
    command: 'invoice pdf',
    summary: 'Save an invoice as a PDF',
    subject: 'invoiceId',
    examples: [
      'ticketi invoice pdf inv_… --output invoice.pdf',
      'ticketi invoice pdf inv_… --language de > invoice.pdf',
    ],
  },
} as const satisfies Record<string, OperationCommand>;
