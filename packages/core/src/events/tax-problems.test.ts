import { describe, expect, it } from 'vitest';
import { plainTerms, type TaxRecord } from '../pricing/index.ts';
import { taxProblems } from './tax-problems.ts';

const vat: TaxRecord = {
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

type Types = Parameters<typeof taxProblems>[0]['ticketTypes'];

function problemsOf(ticketTypes: Types, taxes: readonly TaxRecord[]) {
  return taxProblems({ ticketTypes, fees: [] }, taxes);
}

describe('publishing', () => {
  const standard = { name: 'Standard', terms: plainTerms };
  const misspelt = { name: 'Concession', terms: { ...plainTerms, taxClass: 'reducd' } };

  it('finds ticket types whose class has no rate', () => {
    expect(problemsOf([standard, misspelt], [vat])).toEqual([
      { code: 'no_tax_rate', message: expect.stringContaining('Concession') },
    ]);
  });

  it('finds nothing where a class is exempt by a rate of 0', () => {
    const exempt = { ...vat, taxClass: 'reducd', percent: '0' };
    expect(problemsOf([standard, misspelt], [vat, exempt])).toEqual([]);
  });

  it('finds nothing of an organizer without taxes', () => {
    expect(problemsOf([misspelt], [])).toEqual([]);
  });

  it('finds fees on top whose class has no rate', () => {
    const fee = { name: 'Card', mode: 'passed_on', taxClass: 'service' } as const;
    const absorbed = { ...fee, mode: 'absorbed' } as const;
    expect(taxProblems({ ticketTypes: [], fees: [fee] }, [vat])).toHaveLength(1);
    expect(taxProblems({ ticketTypes: [], fees: [absorbed] }, [vat])).toEqual([]);
  });

  it('leaves bundles to their parts', () => {
    const bundle = { name: 'Both', terms: { ...misspelt.terms, parts: [] } };
    expect(problemsOf([bundle], [vat])).toEqual([]);
  });
});
