import type { OperationCommand } from './operation-command.ts';

/** What things cost: prices, discounts, codes, fees, taxes, and what they come to. */
export const pricing = {
  'prices.set': {
    command: 'price set',
    summary: 'Change what a ticket type costs: list price, tiers, steps, the buyer\u2019s own',
    subject: 'ticketTypeId',
    currencyFromEvent: true,
    examples: [
      'ticketi price set typ_… --event evt_… --price 49.00',
      'ticketi price set typ_… --event evt_… --tier early=39.00@2027-03-01T00:00 --tier first=44.00#200',
      'ticketi price set typ_… --event evt_… --floor 30.00 --ceiling 70.00 \\\n      --demand-step 50%=+10% --time-step 2027-06-01T00:00=+5.00',
      'ticketi price set typ_… --event evt_… --tier none --dynamic none \\\n      --own 5.00..50.00 --suggested 10.00',
      'ticketi price set typ_… --input price.yaml',
    ],
  },
  'prices.getPolicy': {
    command: 'price policy',
    summary: 'Show how an event\u2019s prices are taxed and rounded',
    subject: 'eventId',
    examples: ['ticketi price policy evt_…'],
  },
  'prices.setPolicy': {
    command: 'price set-policy',
    summary: 'Change how an event\u2019s prices are taxed and rounded',
    subject: 'eventId',
    examples: [
      'ticketi price set-policy evt_… --prices-include no_tax --tax-place US-NY',
      'ticketi price set-policy evt_… --cash-step 0.05',
    ],
  },
  'discounts.set': {
    command: 'discount set',
    summary: 'Set a discount that applies without a code',
    examples: [
      'ticketi discount set --event evt_… --name "Three for two" --rule n_for_m:3:2',
      'ticketi discount set --event evt_… --name Groups --rule group:10:20%',
      'ticketi discount set --event evt_… --name "Ten off" --rule minimum:100.00:10.00',
      'ticketi discount set --event evt_… --name Fifth --rule cheapest:5:1',
      'ticketi discount set --event evt_… --name Members --rule attribute:member:=30.00',
    ],
  },
  'discounts.list': {
    command: 'discount list',
    summary: 'List the discounts that apply without a code',
    subject: 'eventId',
    examples: ['ticketi discount list --event evt_…'],
  },
  'discounts.remove': {
    command: 'discount remove',
    summary: 'Take a discount off an event',
    subject: 'discountId',
    examples: ['ticketi discount remove dsc_…'],
  },
  'codes.create': {
    command: 'code create',
    summary: 'Make a code: a discount, a key to hidden types, places set aside',
    examples: [
      'ticketi code create --event evt_… --code EARLY --percent 20 --max-uses 100',
      'ticketi code create --event evt_… --code FIVER --amount 5.00',
      'ticketi code create --event evt_… --code PARTNER --set-price 30.00 --max-tickets 2 --reserve typ_…=20',
      'ticketi code create --event evt_… --code BACKSTAGE --unlocks typ_…',
    ],
  },
  'codes.createMany': {
    command: 'code create-many',
    summary: 'Make a lot of codes that nobody can guess',
    examples: [
      'ticketi code create-many --event evt_… --batch press --count 200 --free --max-uses 1',
    ],
  },
  'codes.list': {
    command: 'code list',
    summary: 'List the codes of an event with their uses',
    subject: 'eventId',
    examples: ['ticketi code list --event evt_…', 'ticketi code list --event evt_… --batch press'],
  },
  'codes.update': {
    command: 'code update',
    summary: 'Disable a code, change its uses or its window',
    subject: 'codeId',
    examples: ['ticketi code update cod_… --state disabled'],
  },
  'fees.set': {
    command: 'fee set',
    summary: 'Set a fee of an event, by its name',
    subject: 'eventId',
    examples: [
      'ticketi fee set --event evt_… --percent 5 --fixed 0.50 --mode passed_on',
      'ticketi fee set --event evt_… --name Card --percent 2.9 --fixed 0.30 --per order --basis charge',
    ],
  },
  'fees.list': {
    command: 'fee list',
    aliases: ['show'],
    summary: 'List the fees of an event',
    subject: 'eventId',
    examples: ['ticketi fee list --event evt_…'],
  },
  'fees.remove': {
    command: 'fee remove',
    summary: 'Take a fee off an event',
    subject: 'feeId',
    examples: ['ticketi fee remove fee_…'],
  },
  'taxes.set': {
    command: 'tax set',
    summary: 'Set a tax rate of an organizer',
    subject: 'organizerId',
    examples: [
      'ticketi tax set --organizer org_… --name "VAT 19 %" --percent 19 --place DE',
      'ticketi tax set --organizer org_… --name "VAT 7 %" --tax-class reduced --percent 7 --place DE',
    ],
  },
  'taxes.list': {
    command: 'tax list',
    summary: 'List the tax rates of an organizer',
    subject: 'organizerId',
    examples: ['ticketi tax list --organizer org_…'],
  },
  'taxes.remove': {
    command: 'tax remove',
    summary: 'Take a tax rate away',
    subject: 'taxId',
    examples: ['ticketi tax remove tax_…'],
  },
  'quotes.get': {
    command: 'quote',
    summary: 'Show what a selection would cost',
    examples: [
      'ticketi quote --event evt_… --item typ_…=2 --code EARLY',
      'ticketi quote --event evt_… --item typ_…=2 --explain --locale de-DE',
      'ticketi quote --event evt_… --item typ_…=1:25.00 --cash   # what the buyer wants to pay',
      'ticketi quote --event evt_… --item typ_…=2 --buyer-place FR --tax-id DE136695976',
    ],
  },
  'quotes.refund': {
    command: 'order refund-quote',
    summary: 'Show what would come back of a part of an order',
    subject: 'orderId',
    examples: [
      'ticketi order refund-quote ord_… --item typ_…=1',
      'ticketi order refund-quote ord_… --item typ_…=1 --policy reprice --fees-kept',
    ],
  },
} as const satisfies Record<string, OperationCommand>;
