import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPdfToText, textOfPdf } from '../../../tests/support/pdftotext.ts';
import { codesIn, hasZbarimg } from '../../../tests/support/zbarimg.ts';
import type { CodedAdmission } from '../src/documents/admission.ts';
import { ticketPdf } from '../src/documents/ticket-pdf.ts';
import type { Locale } from '../src/print/index.ts';
import { admissionOf, CODE, sessionOf } from './support/admissions.ts';
import { randomOf } from './support/random-codes.ts';

async function pdfOf(admissions: readonly CodedAdmission[], locale: Locale = 'en') {
  const pdf = await ticketPdf(admissions, locale);
  if (pdf === undefined) throw new Error('pdfkit is not installed.');
  return pdf;
}

const pagesOf = async (admissions: readonly CodedAdmission[], locale?: Locale) =>
  textOfPdf(await pdfOf(admissions, locale)).map((page) => page.replaceAll(/\s+/g, ' '));

/** The pages as somebody else's reader draws them. */
function drawn(pdf: Buffer): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-pdf-'));
  try {
    writeFileSync(join(folder, 'in.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', '110', '-png', join(folder, 'in.pdf'), join(folder, 'page')]);
    const pages = textOfPdf(pdf).length;
    const digits = String(pages).length;
    return Array.from({ length: pages }, (_, at) =>
      readFileSync(join(folder, `page-${String(at + 1).padStart(digits, '0')}.png`)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the PDF of tickets', () => {
  it('has the same bytes each time, and is small', async () => {
    const [one, other] = [await pdfOf([admissionOf()]), await pdfOf([admissionOf()])];
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.equals(other)).toBe(true);
    expect(one.equals(await pdfOf([admissionOf()], 'de'))).toBe(false);
    expect(one.length).toBeLessThan(60_000);
  });
});

const reads = hasPdfToText();
describe.runIf(reads)(
  reads
    ? 'the text of a ticket’s PDF'
    : 'the text of a ticket’s PDF, which needs pdftotext (Debian: poppler-utils)',
  () => {
    it('says what, when by the clock of the venue, where, who, which seat and what it cost', async () => {
      const [page = '', ...more] = await pagesOf([admissionOf()]);
      expect(more).toEqual([]);
      for (const text of [
        'Łódź Kultur e.V.',
        'Αθήνα by Night, Клуб',
        '10 Jul 2097, 18:00 (doors 17:00)',
        'Europe/Berlin',
        'Łódź, Park 1; back door',
        'Ada Byron',
        'Stalls',
        'A-3-14',
        '1,234.50 EUR',
        'ord_01k0000000e008000000000000',
        'tkt_01k0000000e008000000000000',
      ]) {
        expect(page).toContain(text);
      }
    });

    it('names who comes, once that is said, and is in German on request', async () => {
      const attendee = { name: 'Žofie Łukasz', email: null, answers: [] };
      const [page = ''] = await pagesOf([admissionOf({ ticket: { attendee } })], 'de');
      expect(page).toContain('Žofie Łukasz');
      expect(page).not.toContain('Ada Byron');
      for (const text of ['Wann', '10.07.2097, 18:00 (Einlass 17:00)', '1.234,50 EUR']) {
        expect(page).toContain(text);
      }
    });

    it('lists the dates that it opens, those that are off marked, and at most twelve', async () => {
      const sessions = Array.from({ length: 15 }, (_, at) =>
        sessionOf({
          id: `ses_${at}`,
          name: `Night ${at + 1}`,
          startsAt: `2097-07-${10 + at}T16:00:00.000Z`,
          state: at === 1 ? 'cancelled' : 'scheduled',
        }),
      );
      const [page = '', ...more] = await pagesOf([admissionOf({ sessions })]);
      expect(more).toEqual([]);
      expect(page).toContain('11 Jul 2097, 18:00 Night 2 (doors 17:00) – cancelled');
      expect(page).toContain('Night 12');
      expect(page).not.toContain('Night 13');
      expect(page).toContain('+3');
    });

    it('has a page for each ticket, whatever its names are', async () => {
      const long = 'Donaudampfschifffahrtsgesellschaft '.repeat(8).trim();
      const pages = await pagesOf([
        admissionOf({ event: { name: long, venue: long } }),
        admissionOf({ ticket: { id: 'tkt_01k0000000e008000000000001', name: long } }),
      ]);
      expect(pages).toHaveLength(2);
      expect(pages[1]).toContain('tkt_01k0000000e008000000000001');
    });
  },
);

const draws = reads && hasZbarimg();
describe.runIf(draws)(
  draws
    ? 'the QR on paper'
    : 'the QR on paper, which needs pdftoppm and zbarimg (Debian: poppler-utils, zbar-tools)',
  () => {
    it('is read from each page that was drawn', async () => {
      const codes = [CODE, ...Array.from({ length: 4 }, (_, seed) => randomOf(seed))];
      const pdf = await pdfOf(codes.map((code) => admissionOf({ code })));
      expect(drawn(pdf).map((page) => codesIn(page))).toEqual(codes.map((code) => [code]));
    });

    it('is read below names that take the whole page', async () => {
      const long = 'A very long name of a place that goes on and on. '.repeat(14).slice(0, 600);
      const pdf = await pdfOf([
        admissionOf({ event: { venue: long, name: long }, ticket: { name: long } }),
      ]);
      expect(drawn(pdf).map((page) => codesIn(page))).toEqual([[CODE]]);
    });
  },
);
