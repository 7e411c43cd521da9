import { describe, expect, it } from 'vitest';
import { hasPdfToText, textOfPdf } from '../../../tests/support/pdftotext.ts';
import { creditNoteOf } from '../src/invoices/credit.ts';
import { unitsOf } from '../src/invoices/credit-parts.ts';
import type { Document } from '../src/invoices/document.ts';
import type { InvoiceRecord } from '../src/invoices/invoice.ts';
import { leftOf } from '../src/invoices/left.ts';
import { drawInvoice } from '../src/invoices/pdf/draw.ts';
import { isRefusal } from '../src/kernel/index.ts';
import {
  defaultPolicy,
  type PricePolicy,
  plainFee,
  type Quote,
  quote,
  TaxTable,
  unknownBuyer,
} from '../src/pricing/index.ts';
import { type Locale, newSheet } from '../src/print/index.ts';
import { contentOf, invoiceOf, noteOf, orderOf } from './support/invoices.ts';
import { NOW } from './support/random-prices.ts';

const there = hasPdfToText();
const title = there
  ? 'the text of an invoice’s PDF'
  : 'the text of an invoice’s PDF, which needs pdftotext (Debian: poppler-utils)';

interface Asked {
  readonly names?: readonly string[];
  readonly policy?: Partial<PricePolicy>;
  readonly taxId?: string;
  readonly currency?: string;
}

/** So many tickets at 1,190.00 with 19 % inside, and a fee for the order. */
function priced({ names = ['Stalls'], policy = {}, taxId, currency = 'EUR' }: Asked): Quote {
  const tax = {
    id: 'tax_1',
    organizerId: 'org_1',
    name: 'VAT 19 %',
    taxClass: 'standard',
    place: null,
    percent: '19',
    compound: false,
    position: 0,
    validFrom: null,
    validUntil: null,
    revision: 1,
  };
  const own = { id: 'fee_1', organizerId: 'org_1', eventId: 'evt_1', revision: 1 };
  const result = quote(
    {
      currency,
      discounts: [],
      codes: new Map(),
      fees: [
        {
          ...plainFee,
          ...own,
          name: 'Gebühr',
          percent: '0',
          fixed: 595,
          per: 'order',
          mode: 'passed_on',
        },
      ],
      taxes: new TaxTable([tax]),
      policy: { ...defaultPolicy, taxPlace: 'DE', reverseCharge: 'abroad', ...policy },
    },
    {
      selections: names.map((name, at) => ({
        ticketTypeId: `typ_${at}`,
        name,
        quantity: 2,
        taxClass: 'standard',
        kind: 'ticket',
        admissions: 1,
        parts: null,
        rule: 'list_price',
        source: `typ_${at}`,
        unitPrice: 119_000,
        tier: null,
        adjustments: [],
      })),
      codes: [],
      buyer: { ...unknownBuyer, taxId: taxId ?? null },
      isCash: false,
      now: NOW,
    },
  );
  if (isRefusal(result)) throw new Error(result.message);
  return result;
}

async function pdfOf(invoice: InvoiceRecord, locale: Locale = 'en'): Promise<Buffer> {
  const sheet = await newSheet({
    title: invoice.number,
    author: invoice.content.seller.legalName,
    createdAt: invoice.issuedAt,
  });
  if (sheet === undefined) throw new Error('pdfkit is not installed.');
  return drawInvoice(sheet, invoice, locale);
}

/** The pages with their spaces made one. */
async function pagesOf(invoice: InvoiceRecord, locale?: Locale): Promise<string[]> {
  return textOfPdf(await pdfOf(invoice, locale)).map((page) => page.replaceAll(/\s+/g, ' '));
}

const billing = {
  company: 'Žižek & Łukasz Sp. z o.o.',
  lines: ['Пушкинская 1', 'Οδός Ερμού 2'],
  postcode: '30-001',
  city: 'Kraków',
  country: 'PL',
};
const many = Array.from({ length: 90 }, (_, at) => `Row ${at + 1} of the many`);

describe('the PDF of an invoice', () => {
  const invoice = invoiceOf(contentOf(orderOf(priced({})), { billing }));

  it('has the same bytes each time', async () => {
    const [one, other] = [await pdfOf(invoice), await pdfOf(invoice)];
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.equals(other)).toBe(true);
    expect(one.equals(await pdfOf(invoice, 'de'))).toBe(false);
  });

  it('is small: only the letters that it needs are in it', async () => {
    expect((await pdfOf(invoice)).length).toBeLessThan(60_000);
  });
});

describe.runIf(there)(title, () => {
  const full = (change: Partial<Document> = {}, asked: Asked = {}) => {
    const content = contentOf(orderOf(priced(asked)), { billing });
    return invoiceOf({ ...content, ...change }, { currency: asked.currency ?? 'EUR' });
  };

  it('has its number, its dates, its sums, and names in any of Europe’s letters', async () => {
    const [page = '', ...more] = await pagesOf(full());
    expect(more).toEqual([]);
    for (const text of [
      'Invoice',
      'SF-2027-00042',
      'Łódź Kultur e.V.',
      'USt-IdNr.: DE136695976',
      'Žižek & Łukasz Sp. z o.o.',
      'Ada Byron',
      'Пушкинская 1',
      'Οδός Ερμού 2',
      '30-001 Kraków',
      'Αθήνα by Night, Клуб',
      'Date 1 Jun 2027',
      'Date of supply 10 Jul 2027 – 11 Jul 2027',
      'ord_01k0000000e008000000000000',
      // Two at 1,190.00 and the fee: 2,000.00 + 5.00 and 19 % of it.
      'Stalls 2 1,190.00 2,005.00 380.95 2,385.95',
      'Sum without tax 2,005.00',
      'VAT 19 % on 2,005.00 380.95',
      'Total EUR 2,385.95',
      'Paid 2,385.95',
      'To pay EUR 0.00',
      'Included above: Gebühr 5.95',
      'Registered in Berlin, VR 12345',
      'Page 1 of 1',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('IBAN');
  });

  it('is in German on request, with its commas', async () => {
    const [page = ''] = await pagesOf(full(), 'de');
    for (const text of [
      'Rechnung',
      'Leistungsdatum 10.07.2027 – 11.07.2027',
      'Stalls 2 1.190,00 2.005,00 380,95 2.385,95',
      'VAT 19 % auf 2.005,00 380,95',
      'Gesamt EUR 2.385,95',
      'Seite 1 von 1',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('of a business abroad says who owes the tax, with its tax id', async () => {
    const invoice = full({}, { taxId: 'ATU13585627' });
    const [page = ''] = await pagesOf(invoice);
    expect(page).toContain('Reverse charge: VAT to be accounted for by the recipient.');
    expect(page).toContain('Tax ID: ATU13585627');
    expect(page).toContain('Stalls 2 1,190.00 2,005.00 0.00 2,005.00');
    expect(page).toContain('Total EUR 2,005.00');
    expect(page).not.toContain('VAT 19 % on');
    const [german = ''] = await pagesOf(invoice, 'de');
    expect(german).toContain('Steuerschuldnerschaft des Leistungsempfängers. Reverse charge:');
  });

  it('says what is to be paid, where and until when, while it is not paid', async () => {
    const pending = { state: 'pending', paidAt: null } as const;
    const order = orderOf(priced({}), { ...pending, credited: 38_595 });
    const [page = ''] = await pagesOf(invoiceOf(contentOf(order)));
    for (const text of [
      'Due 1 Jun 2027',
      'Paid by gift card 385.95',
      'To pay EUR 2,000.00',
      'Payable within 14 days.',
      'IBAN DE02 1203 0000 0000 2020 51',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('has the digits of its currency', async () => {
    const [yen = ''] = await pagesOf(full({}, { currency: 'JPY' }));
    expect(yen).toContain('Total JPY 238,595');
    const [dinar = ''] = await pagesOf(full({}, { currency: 'KWD' }));
    expect(dinar).toContain('Total KWD 238.595');
  });

  it('goes over pages, each with the head of the lines and its number', async () => {
    const pages = await pagesOf(full({}, { names: many }));
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, at) => {
      expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
      expect(page).toContain('SF-2027-00042');
    });
    for (const name of many)
      expect(pages.filter((page) => page.includes(`${name} 2`))).toHaveLength(1);
    const withLines = pages.filter((page) => page.includes('of the many'));
    for (const page of withLines) expect(page).toContain('Description Qty');
  });

  it('breaks what is too long for its column, and loses none of it', async () => {
    const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(4);
    const text = `${word} with a very long name that goes on and on and on`;
    const [page = ''] = await pagesOf(full({}, { names: [text] }));
    const letters = (all: string) => all.replaceAll(/[\s\d.,]/g, '');
    expect(letters(page)).toContain(letters('with a very long name that goes on'));
    expect(letters(page).split('Donaudampfschifffahrtsgesellschaft').length).toBeGreaterThan(3);
  });

  it('of a credit note names the invoice, the reason and what is credited', async () => {
    const invoice = full();
    const units = unitsOf(invoice.id, leftOf(invoice, []), [{ line: 0, quantity: 1 }]);
    if (isRefusal(units)) throw new Error(units.message);
    const content = creditNoteOf(invoice, units);
    if (isRefusal(content)) throw new Error(content.message);
    const [page = ''] = await pagesOf(noteOf(invoice, content));
    for (const text of [
      'Credit note',
      'SF-CN2027-00001',
      'For invoice SF-2027-00042',
      'Reason Given back',
      'Credited EUR 1,192.98',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('To pay');
  });
});
