import { createHash } from 'node:crypto';
import { registerHooks } from 'node:module';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl, OpensslFolder } from '../../../tests/support/openssl.ts';
import { passFile } from '../src/documents/apple/bundle.ts';
import { applePass, passStrings } from '../src/documents/apple/pass.ts';
import { stringsFiles } from '../src/documents/apple/strings.ts';
import type { AppleWallet } from '../src/documents/wallets.ts';
import { admissionOf, CODE, sessionOf } from './support/admissions.ts';

const NOW = '2097-06-01T12:34:56.000Z';
const there = hasOpenssl();
const title = there ? 'a pass for Apple Wallet' : 'a pass for Apple Wallet, which needs openssl';

describe.runIf(there)(title, () => {
  let folder: OpensslFolder;
  let wallet: AppleWallet;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.makeChain();
    wallet = {
      passTypeIdentifier: 'pass.example.tickets',
      teamIdentifier: 'ABCDE12345',
      certificate: folder.read('pass.pem'),
      privateKey: folder.read('pass.key'),
      wwdr: folder.read('wwdr.pem'),
    };
  });
  afterAll(() => folder?.remove());

  /** The files of a pass, unzipped. */
  async function filesOf(change: Partial<AppleWallet> = {}, now = NOW) {
    const keys = { ...wallet, ...change };
    const pass = applePass(admissionOf(), CODE, keys, now);
    const file = await passFile(pass, passStrings(admissionOf(), keys, now), keys, now);
    if (typeof file === 'string') throw new Error(file);
    return unzipSync(file);
  }

  /** What openssl says of the signature of a manifest; it throws where the signature is wrong. */
  function verified(manifest: Uint8Array, signature: Uint8Array): string {
    folder.write('manifest.json', manifest);
    folder.write('signature', signature);
    return folder.run(
      ...['smime', '-verify', '-binary', '-inform', 'DER', '-in', 'signature'],
      ...['-content', 'manifest.json', '-CAfile', 'root.pem', '-purpose', 'any'],
    );
  }

  it('has a manifest of all its files, which its signature covers', async () => {
    const { 'manifest.json': manifest, signature, ...files } = await filesOf();
    if (manifest === undefined || signature === undefined) throw new Error('They are missing.');
    const digests = Object.entries(files).map(([name, bytes]) => [
      name,
      createHash('sha1').update(bytes).digest('hex'),
    ]);
    expect(JSON.parse(strFromU8(manifest))).toEqual(Object.fromEntries(digests));
    expect(Object.keys(files).sort()).toEqual(
      [
        ...['icon.png', 'icon@2x.png', 'icon@3x.png', 'pass.json'],
        ...['de-AT', 'de-CH', 'de-DE', 'en'].map((folder) => `${folder}.lproj/pass.strings`),
      ].sort(),
    );
    expect(verified(manifest, signature)).toBe(strFromU8(manifest));
    const other = Buffer.from(strFromU8(manifest).replace('icon.png', 'icon.jpg'));
    expect(() => verified(other, signature)).toThrow();
  });

  it('brings both certificates along, and the clock’s time of signing', async () => {
    const { signature = new Uint8Array() } = await filesOf();
    folder.write('signature', signature);
    const shown = folder.run('cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'signature');
    expect(shown).toContain('Jun  1 12:34:56 2097 GMT');
    expect(shown).toContain('Test Worldwide Developer Relations');
    expect(shown).toContain('Pass Type ID: pass.example.tickets');
    expect(shown).not.toContain('PRIVATE');
    const certificates = folder.run(
      ...['pkcs7', '-inform', 'DER', '-in', 'signature', '-print_certs', '-noout'],
    );
    expect(certificates.match(/subject=/g)).toHaveLength(2);
  });

  it('has the same bytes at the same time', async () => {
    const [one, other] = [await filesOf(), await filesOf()];
    expect(one).toEqual(other);
  });

  it('takes a key that is encrypted, and the host’s own pictures', async () => {
    folder.run(
      'pkcs8',
      '-topk8',
      '-in',
      'pass.key',
      '-passout',
      'pass:secret',
      '-out',
      'sealed.key',
    );
    const privateKey = folder.read('sealed.key');
    const icon = new Uint8Array([1, 2, 3]);
    const files = await filesOf({ privateKey, passphrase: 'secret', images: { 'icon.png': icon } });
    expect(files['icon.png']).toEqual(icon);
    const { 'manifest.json': manifest, signature } = files;
    if (manifest === undefined || signature === undefined) throw new Error('They are missing.');
    verified(manifest, signature);
  });

  it('is not made with keys that a phone would not take', async () => {
    const file = (change: Partial<AppleWallet>, now = NOW) =>
      passFile({}, [], { ...wallet, ...change }, now);
    for (const wrong of [
      { privateKey: 'nothing' },
      { privateKey: folder.read('wwdr.key') },
      { certificate: folder.read('pass.key') },
      { wwdr: '' },
    ]) {
      expect(await file(wrong)).toBe('keys_not_usable');
    }
    expect(await file({}, '2999-01-01T00:00:00.000Z')).toBe('certificate_expired');
  });

  it('says what and where, when for the phone, whose, and which seat', () => {
    const pass = applePass(admissionOf(), CODE, wallet, NOW);
    expect(pass).toMatchObject({
      formatVersion: 1,
      passTypeIdentifier: 'pass.example.tickets',
      teamIdentifier: 'ABCDE12345',
      organizationName: 'Łódź Kultur e.V.',
      serialNumber: 'tkt_01k0000000e008000000000000',
      voided: false,
      relevantDate: '2097-07-10T16:00:00Z',
      barcodes: [{ format: 'PKBarcodeFormatQR', message: CODE, messageEncoding: 'iso-8859-1' }],
      semantics: { seats: [{ seatSection: 'Stalls', seatRow: '3', seatNumber: '14' }] },
    });
    const { eventTicket } = JSON.parse(JSON.stringify(pass));
    expect(eventTicket.secondaryFields).toContainEqual({
      key: 'starts',
      label: 'STARTS',
      value: '18:00',
    });
    expect(eventTicket.auxiliaryFields).toContainEqual({ key: 'seat', label: 'SEAT', value: '14' });
    expect(eventTicket.backFields[1].value).toBe('1,234.50 EUR');
  });

  it('reminds of the next of several dates that takes place, and lists them all', () => {
    const sessions = [
      sessionOf({
        id: 'ses_1',
        startsAt: '2097-05-10T16:00:00.000Z',
        endsAt: '2097-05-10T20:00:00.000Z',
      }),
      sessionOf({
        id: 'ses_2',
        state: 'cancelled',
        startsAt: '2097-06-10T16:00:00.000Z',
        endsAt: '2097-06-10T20:00:00.000Z',
      }),
      sessionOf({ id: 'ses_3' }),
    ];
    const pass = JSON.parse(
      JSON.stringify(applePass(admissionOf({ sessions }), CODE, wallet, NOW)),
    );
    expect(pass.relevantDate).toBe('2097-07-10T16:00:00Z');
    expect(pass.relevantDates).toHaveLength(2);
    const [dates] = pass.eventTicket.backFields;
    expect(dates.value.split('\n')).toEqual([
      '10 May 2097, 18:00',
      '10 Jun 2097, 18:00 (cancelled)',
      '10 Jul 2097, 18:00',
      'Europe/Berlin',
    ]);
  });

  /** A strings file, read as phones do. */
  function stringsIn(bytes: Uint8Array | undefined): Record<string, string> {
    const lines = strFromU8(bytes ?? new Uint8Array()).split('\n');
    expect(lines.pop()).toBe('');
    return Object.fromEntries(
      lines.map((line) => {
        const [, key = '', value = ''] =
          /^"((?:[^"\\]|\\.)*)" = "((?:[^"\\]|\\.)*)";$/.exec(line) ?? [];
        const plain = (text: string) =>
          text.replaceAll(/\\(.)/g, (_all, letter) => (letter === 'n' ? '\n' : letter));
        expect(key).not.toBe('');
        return [plain(key), plain(value)];
      }),
    );
  }

  it('is in German where the phone is, and English for everybody else', async () => {
    const files = await filesOf();
    const german = stringsIn(files['de-DE.lproj/pass.strings']);
    expect(german).toEqual({
      DATE: 'DATUM',
      '10 Jul 2097': '10.07.2097',
      VENUE: 'ORT',
      STARTS: 'BEGINN',
      DOORS: 'EINLASS',
      SECTION: 'BLOCK',
      ROW: 'REIHE',
      SEAT: 'PLATZ',
      Dates: 'Termine',
      '10 Jul 2097, 18:00\nEurope/Berlin': '10.07.2097, 18:00\nEurope/Berlin',
      Price: 'Preis',
      '1,234.50 EUR': '1.234,50 EUR',
      Order: 'Bestellung',
    });
    for (const folder of ['de-AT', 'de-CH']) {
      expect(stringsIn(files[`${folder}.lproj/pass.strings`])).toEqual(german);
    }
    // What a phone that prefers English looks up is what `pass.json` says; each key stands there.
    const english = stringsIn(files['en.lproj/pass.strings']);
    expect(Object.keys(english)).toEqual(Object.keys(german));
    for (const [key, value] of Object.entries(english)) expect(value).toBe(key);
    const pass = JSON.parse(strFromU8(files['pass.json'] ?? new Uint8Array()));
    const shown = Object.values<{ label?: string; value: string }[]>(pass.eventTicket)
      .flat()
      .flatMap(({ label, value }) => [label, value]);
    for (const key of Object.keys(german)) expect(shown).toContain(key);
  });

  it('translates nothing that somebody wrote, whatever it reads like', () => {
    const session = sessionOf({ name: 'The "Late" \\ Show', state: 'cancelled' });
    const admission = admissionOf({
      event: { name: 'DATE', venue: 'Price' },
      ticket: { name: 'ROW' },
      sessions: [session],
    });
    const keys = { ...wallet, organizationName: 'SEAT' };
    const [english, german] = passStrings(admission, keys, NOW);
    expect([english?.locale, german?.locale]).toEqual(['en', 'de']);
    for (const own of ['DATE', 'Price', 'ROW', 'SEAT']) {
      expect(german?.strings).not.toHaveProperty([own]);
    }
    expect(german?.strings.VENUE).toBe('ORT');
    expect(
      german?.strings['10 Jul 2097, 18:00 The "Late" \\ Show (cancelled)\nEurope/Berlin'],
    ).toBe('10.07.2097, 18:00 The "Late" \\ Show (abgesagt)\nEurope/Berlin');
    const files = stringsFiles([{ locale: 'de', strings: german?.strings ?? {} }]);
    expect(stringsIn(files['de-DE.lproj/pass.strings'])).toEqual(german?.strings);
  });

  it('is void where the event is off, and of a void ticket has no code', () => {
    const off = applePass(admissionOf({ event: { state: 'cancelled' } }), CODE, wallet, NOW);
    expect(off).toMatchObject({ voided: true });
    const text = JSON.stringify(applePass(admissionOf(), undefined, wallet, NOW));
    expect(JSON.parse(text)).toMatchObject({ voided: true });
    expect(text).not.toContain('PKBarcode');
  });

  it('needs node-forge, and says so', async () => {
    const hooks = registerHooks({
      resolve(specifier, context, next) {
        if (!specifier.includes('node-forge')) return next(specifier, context);
        throw Object.assign(new Error('Cannot find it'), { code: 'ERR_MODULE_NOT_FOUND' });
      },
    });
    const { vi } = await import('vitest');
    vi.resetModules();
    try {
      const fresh = await import('../src/documents/apple/bundle.ts');
      expect(await fresh.passFile({}, [], wallet, NOW)).toBe('library_missing');
    } finally {
      hooks.deregister();
    }
  });
});
