import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { cli, folder } from './support/cli.ts';

describe('invoices on the command line', () => {
  const cwd = folder();
  let organizerId: string;
  let orderId: string;

  beforeAll(async () => {
    const event = await publishedEvent(cwd);
    organizerId = event.organizerId;
    ({ orderId } = await paidOrder(cwd, event, 2));
  });

  it('are issued, credited, listed as CSV and saved as PDF', async () => {
    const early = await cli(['invoice', 'issue', orderId], { cwd });
    expect(early).toMatchObject({ code: 5 });
    expect(early.stderr).toContain('invoices.setIssuer');
    const issuer = await ok(
      cwd,
      ...['invoice', 'set-issuer', organizerId, '--legal-name', 'Harbour Sounds e.V.', '--json'],
      ...['--address-line', 'Pier 1', '--address-city', 'Hamburg', '--address-country', 'DE'],
      ...['--timezone', 'Europe/Berlin', '--tax-id', 'VAT ID=DE136695976'],
    );
    expect(JSON.parse(issuer)).toMatchObject({
      address: { lines: ['Pier 1'], city: 'Hamburg', country: 'DE' },
      taxIds: [{ label: 'VAT ID', number: 'DE136695976' }],
    });
    const billing = ['--billing-company', 'Example GmbH', '--billing-tax-id', 'ATU12345675'];
    const issued = await ok(cwd, 'invoice', 'issue', orderId, ...billing, '--json');
    const invoice = JSON.parse(issued);
    expect(invoice.buyer).toMatchObject({ company: 'Example GmbH', taxId: 'ATU12345675' });

    const reason = ['--reason', 'One less'];
    const unsure = await cli(['invoice', 'credit', invoice.id, '--line', '0=1', ...reason], {
      cwd,
    });
    expect(unsure).toMatchObject({ code: 3 });
    const note = await ok(
      cwd,
      'invoice',
      'credit',
      invoice.id,
      '--line',
      '0=1',
      ...reason,
      '--yes',
      '--json',
    );
    expect(JSON.parse(note)).toMatchObject({ kind: 'credit_note', total: 4900 });

    const csv = await ok(
      cwd,
      'invoice',
      'list',
      '--organizer',
      organizerId,
      '--all',
      '--format',
      'csv',
    );
    const [head = '', ...rows] = csv.split('\r\n').filter((line) => line !== '');
    expect(head).toContain('number');
    expect(head).toContain('buyer.company');
    expect(rows).toHaveLength(2);
    const table = await cli(['invoice', 'list', '--organizer', organizerId], { cwd, columns: 160 });
    expect(table.stdout).toContain('98.00 EUR');

    const saved = await cli(['invoice', 'pdf', invoice.id, '--output', 'my.pdf'], {
      cwd,
      columns: 80,
    });
    expect(saved).toMatchObject({ code: 0, stdout: '' });
    expect(saved.stderr).toContain('my.pdf');
    const file = readFileSync(join(cwd, 'my.pdf'));
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    const json = JSON.parse(await ok(cwd, 'invoice', 'pdf', invoice.id, '--json'));
    expect(Buffer.from(json.base64, 'base64').equals(file)).toBe(true);
    const piped = await cli(['invoice', 'pdf', invoice.id], { cwd });
    expect(piped.stdout.startsWith('%PDF-')).toBe(true);
  });

  it('are no bytes for a terminal, and nothing is written over a refusal', async () => {
    const shown = await cli(['invoice', 'pdf', 'inv_01k0000000e008000000000000'], {
      cwd,
      columns: 80,
    });
    expect(shown).toMatchObject({ code: 3, stdout: '' });
    expect(shown.stderr).toContain('--output');
    const missing = ['invoice', 'pdf', 'inv_01k0000000e008000000000000', '--output', 'none.pdf'];
    expect(await cli(missing, { cwd })).toMatchObject({ code: 6 });
    expect(existsSync(join(cwd, 'none.pdf'))).toBe(false);
  });
});
