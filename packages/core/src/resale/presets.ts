import * as z from 'zod';
import { SomeTerms } from './policy.ts';

/** Rules to begin with. A preset is data: it says what of the terms differs from the plain ones. */
export const ResalePreset = z
  .object({
    name: z.string(),
    place: z
      .string()
      .nullable()
      .meta({ description: 'ISO 3166 code whose law it is made for; null: of no place.' }),
    terms: SomeTerms,
    text: z.string().meta({ description: 'What it says, or what the law asks.' }),
    source: z.string().nullable().meta({ description: 'Where that stands; null: nowhere.' }),
    asOf: z
      .string()
      .nullable()
      .meta({ description: 'Year and month as of which it was looked at. No legal advice.' }),
  })
  .meta({ id: 'ResalePreset', description: 'Rules of resale to begin with.' });
type ResalePreset = z.output<typeof ResalePreset>;

/** When the laws were looked at. */
const asOf = '2025-11';

const FACE_VALUE: SomeTerms = { cap: '100', feesIncluded: false };
const TENTH_MORE: SomeTerms = { cap: '110', feesIncluded: false };
/** What the place was first sold for, however often it was resold. */
const ORIGINAL: SomeTerms = { ...FACE_VALUE, capOf: 'first_sale' };
/** The same in all, fees in. */
const ORIGINAL_IN_ALL: SomeTerms = { ...ORIGINAL, feesIncluded: true };
const TENTH_ABOVE_ORIGINAL: SomeTerms = { ...TENTH_MORE, capOf: 'first_sale' };

const general = { place: null, source: null, asOf: null };

export const PRESETS = [
  { name: 'face_value', ...general, terms: FACE_VALUE, text: 'No more than the price paid.' },
  { name: '110', ...general, terms: TENTH_MORE, text: 'A tenth more than the price paid.' },
  {
    name: '120',
    ...general,
    terms: { cap: '120', feesIncluded: false },
    text: 'A fifth more than the price paid.',
  },
  {
    name: 'au_nsw',
    place: 'AU-NSW',
    terms: TENTH_ABOVE_ORIGINAL,
    text: 'No more than 110 % of the original price.',
    source: 'Fair Trading Act 1987 (NSW), part 4A',
    asOf,
  },
  {
    name: 'au_vic',
    place: 'AU-VIC',
    terms: TENTH_ABOVE_ORIGINAL,
    text: 'For declared major events no more than 110 % of the face value.',
    source: 'Major Events Act 2009 (Vic)',
    asOf,
  },
  {
    name: 'be',
    place: 'BE',
    terms: ORIGINAL_IN_ALL,
    text: 'No more than the definitive price, all costs in; regularly only with the organizer’s consent.',
    source: 'Law of 30 July 2013 on the resale of tickets to events',
    asOf,
  },
  {
    name: 'ca_on',
    place: 'CA-ON',
    terms: { cap: null },
    text: 'No cap: one of 150 % was passed and repealed before it came into force. Sellers must show the original price.',
    source: 'Ticket Sales Act, 2017 (Ontario)',
    asOf,
  },
  {
    name: 'ca_qc',
    place: 'CA-QC',
    terms: ORIGINAL,
    text: 'Merchants may ask no more than the advertised price, unless the organizer allows it.',
    source: 'Consumer Protection Act (Quebec), section 236.1',
    asOf,
  },
  {
    name: 'de',
    place: 'DE',
    terms: FACE_VALUE,
    text: 'No statute sets a cap: it is a matter of the organizer’s terms, which courts have upheld.',
    source: 'BGH, judgment of 11 September 2008, I ZR 74/06',
    asOf,
  },
  {
    name: 'dk',
    place: 'DK',
    terms: ORIGINAL,
    text: 'No more than the price of the ticket at its first sale.',
    source: 'Act of 2007 on the resale of tickets to cultural and sporting events',
    asOf,
  },
  {
    name: 'fr',
    place: 'FR',
    terms: FACE_VALUE,
    text: 'Habitual resale needs the organizer’s authorisation, which setting a policy gives; the law sets no cap.',
    source: 'Code pénal, article 313-6-2',
    asOf,
  },
  {
    name: 'gb',
    place: 'GB',
    terms: ORIGINAL_IN_ALL,
    text: 'Face value has to be shown. A cap at the original price with its fees is planned. Football tickets need authorisation.',
    source:
      'Consumer Rights Act 2015, sections 90-95; Criminal Justice and Public Order Act 1994, section 166',
    asOf,
  },
  {
    name: 'ie',
    place: 'IE',
    terms: ORIGINAL,
    text: 'For designated events and venues no more than the original price.',
    source: 'Sale of Tickets (Cultural, Entertainment, Recreational and Sporting Events) Act 2021',
    asOf,
  },
  {
    name: 'il',
    place: 'IL',
    terms: ORIGINAL,
    text: 'No more than the price printed on the ticket.',
    source: 'Penal Law 5737-1977, section 194A',
    asOf,
  },
  {
    name: 'it',
    place: 'IT',
    terms: ORIGINAL,
    text: 'Only through authorised sellers, at no more than the nominal price; large concerts have named tickets.',
    source: 'Law 232/2016, article 1, paragraph 545, as amended by law 145/2018',
    asOf,
  },
  {
    name: 'jp',
    place: 'JP',
    terms: ORIGINAL,
    text: 'No resale as a business above the sale price without the organizer’s consent.',
    source: 'Act on ensuring fair trade in specified performance tickets, in force since June 2019',
    asOf,
  },
  {
    name: 'no',
    place: 'NO',
    terms: ORIGINAL,
    text: 'No more than the price set by the organizer.',
    source: 'Billettloven of 2007',
    asOf,
  },
  {
    name: 'pl',
    place: 'PL',
    terms: FACE_VALUE,
    text: 'Buying tickets to sell them at a profit is an offence.',
    source: 'Kodeks wykroczeń, article 133',
    asOf,
  },
  {
    name: 'pt',
    place: 'PT',
    terms: ORIGINAL,
    text: 'Selling above the price set is speculation, an offence.',
    source: 'Decreto-Lei 28/84, article 35',
    asOf,
  },
] as const satisfies readonly ResalePreset[];

export const PresetName = z.enum(PRESETS.map(({ name }) => name));

export function presetNamed(name: z.output<typeof PresetName>): ResalePreset {
  const preset = PRESETS.find((own) => own.name === name);
  if (preset === undefined) throw new Error(`There is no preset ${name}.`);
  return preset;
}
