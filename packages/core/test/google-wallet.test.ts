import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { saveLink } from '../src/documents/google/link.ts';
import { googleClass, googleObject } from '../src/documents/google/pass.ts';
import { onTheWall } from '../src/documents/when.ts';
import { admissionOf, CODE, sessionOf } from './support/admissions.ts';

const NOW = '2097-06-01T12:00:00.900Z';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const wallet = {
  issuerId: '3388000000000000001',
  serviceAccountEmail: 'tickets@example.iam.gserviceaccount.com',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const LINK = 'https://pay.google.com/gp/v/save/';

function payloadOf(admission = admissionOf()) {
  return {
    eventTicketClasses: [googleClass(admission, wallet, NOW)],
    eventTicketObjects: [googleObject(admission, wallet)],
  };
}

/** The claims behind a link, its signature verified. */
async function claimsOf(admission = admissionOf(), keys: Parameters<typeof saveLink>[1] = wallet) {
  const link = (await saveLink(payloadOf(admission), keys, NOW)) ?? '';
  expect(link.startsWith(LINK)).toBe(true);
  const token = link.slice(LINK.length);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT' });
  const { payload } = await jwtVerify(token, publicKey, {
    audience: 'google',
    issuer: wallet.serviceAccountEmail,
    currentDate: new Date(NOW),
  });
  return payload;
}

describe('the link that saves a ticket to Google Wallet', () => {
  it('is signed by the service account, at the clock’s time', async () => {
    const claims = await claimsOf();
    expect(claims).toMatchObject({ typ: 'savetowallet', iat: Date.parse(NOW) / 1000 - 0.9 });
    expect(claims.origins).toBeUndefined();
    const keys = { ...wallet, origins: ['https://tickets.example'] };
    expect((await claimsOf(admissionOf(), keys)).origins).toEqual(['https://tickets.example']);
  });

  it('has a class for the ticket’s type and an object for the ticket, each with its id', async () => {
    const { payload } = Object(await claimsOf());
    expect(payload.eventTicketClasses).toEqual([
      {
        id: '3388000000000000001.typ_01k0000000e008000000000000',
        eventId: 'evt_01k0000000e008000000000000',
        issuerName: 'Łódź Kultur e.V.',
        eventName: { defaultValue: { language: 'en', value: 'Αθήνα by Night, Клуб' } },
        venue: {
          name: { defaultValue: { language: 'en', value: 'Łódź, Park 1; back door' } },
          address: { defaultValue: { language: 'en', value: 'Łódź, Park 1; back door' } },
        },
        dateTime: {
          doorsOpen: '2097-07-10T17:00:00+02:00',
          start: '2097-07-10T18:00:00+02:00',
          end: '2097-07-11T01:00:00+02:00',
        },
        reviewStatus: 'UNDER_REVIEW',
      },
    ]);
    const [object] = payload.eventTicketObjects;
    expect(object).toMatchObject({
      id: '3388000000000000001.tkt_01k0000000e008000000000000',
      classId: payload.eventTicketClasses[0].id,
      state: 'ACTIVE',
      barcode: { type: 'QR_CODE', value: CODE },
      ticketHolderName: 'Ada Byron',
      seatInfo: { seat: { defaultValue: { value: '14' } } },
      faceValue: { micros: '1234500000', currencyCode: 'EUR' },
    });
    expect(object.textModulesData).toBeUndefined();
  });

  it('names its dates where there are several, and has the digits of its currency', () => {
    const sessions = [
      sessionOf(),
      sessionOf({ id: 'ses_2', startsAt: '2097-07-11T16:00:00.000Z' }),
    ];
    const of = (currency: string, price: number) =>
      googleObject(admissionOf({ sessions, ticket: { currency, price } }), wallet);
    expect(of('JPY', 5000)).toMatchObject({
      faceValue: { micros: '5000000000' },
      textModulesData: [
        {
          id: 'dates',
          localizedHeader: {
            defaultValue: { language: 'en', value: 'Dates' },
            translatedValues: [{ language: 'de', value: 'Termine' }],
          },
          localizedBody: {
            defaultValue: { language: 'en', value: '10 Jul 2097, 18:00\n11 Jul 2097, 18:00' },
            translatedValues: [{ language: 'de', value: '10.07.2097, 18:00\n11.07.2097, 18:00' }],
          },
        },
      ],
    });
    expect(of('KWD', 1)).toMatchObject({ faceValue: { micros: '1000' } });
  });

  it('is not made with a key that cannot sign', async () => {
    const { privateKey: other } = generateKeyPairSync('ed25519');
    const pem = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const wrong of ['', 'nothing', pem]) {
      expect(await saveLink({}, { ...wallet, privateKey: wrong }, NOW)).toBeUndefined();
    }
  });
});

describe('a moment as the clock of the venue shows it', () => {
  it.each([
    ['2027-01-10T17:00:00.000Z', 'Europe/Berlin', '2027-01-10T18:00:00+01:00'],
    ['2027-10-31T00:30:00.000Z', 'Europe/Berlin', '2027-10-31T02:30:00+02:00'],
    ['2027-10-31T01:30:00.000Z', 'Europe/Berlin', '2027-10-31T02:30:00+01:00'],
    ['2027-07-10T03:00:00.000Z', 'America/St_Johns', '2027-07-10T00:30:00-02:30'],
    ['2027-07-10T18:15:00.000Z', 'Asia/Kathmandu', '2027-07-11T00:00:00+05:45'],
    ['2027-07-10T18:00:00.000Z', 'UTC', '2027-07-10T18:00:00+00:00'],
  ])('%s in %s is %s', (instant, timezone, shown) => {
    expect(onTheWall(instant, timezone)).toBe(shown);
    expect(Date.parse(shown)).toBe(Date.parse(instant));
  });
});
