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
    comparedWith: z.enum(['law', 'account']).nullable().meta({
      description:
        'What it was compared with: `law`, the words of the law; `account`, what an authority, a court reporter or a lawyer says of it. Null: there is no law in it.',
    }),
    link: z.string().nullable().meta({ description: 'Where that is to be read.' }),
    asOf: z
      .string()
      .nullable()
      .meta({ description: 'Year and month in which it was compared. No legal advice.' }),
  })
  .meta({ id: 'ResalePreset', description: 'Rules of resale to begin with.' });
export type ResalePreset = z.output<typeof ResalePreset>;

/** When the laws were looked at. */
const asOf = '2026-11';

const FACE_VALUE: SomeTerms = { cap: '100', feesIncluded: false };
const TENTH_MORE: SomeTerms = { cap: '110', feesIncluded: false };
/** What the place was first sold for, however often it was resold. */
const ORIGINAL: SomeTerms = { ...FACE_VALUE, capOf: 'first_sale' };
/** The same in all, fees in. */
const ORIGINAL_IN_ALL: SomeTerms = { ...ORIGINAL, feesIncluded: true };
const TENTH_ABOVE_ORIGINAL: SomeTerms = { ...TENTH_MORE, capOf: 'first_sale' };

const general = { place: null, source: null, comparedWith: null, link: null, asOf: null };

/** Where a law leaves two readings open, or says more than terms can, the stricter one. */
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
    terms: ORIGINAL,
    text: 'Tickets with a resale restriction: no more than the original price with the fees paid on it, those up to a tenth of it. The preset leaves the fees out.',
    source: 'Fair Trading Act 1987 (NSW), part 4A, sections 58A-58L, since June 2018',
    comparedWith: 'account',
    link: 'https://www.nsw.gov.au/legal-and-justice/consumer-rights-and-protection/services/ticket-reselling',
    asOf,
  },
  {
    name: 'au_vic',
    place: 'AU-VIC',
    terms: TENTH_ABOVE_ORIGINAL,
    text: 'For declared events no more than a tenth above the face value: the price first set, without any fee.',
    source: 'Major Events Act 2009 (Vic), section 3 (face value price) and part 9A',
    comparedWith: 'account',
    link: 'https://djsir.vic.gov.au/ticket-scalping/about/legislation',
    asOf,
  },
  {
    name: 'be',
    place: 'BE',
    terms: ORIGINAL_IN_ALL,
    text: 'Now and then, no more than the definitive price that the first seller told. Regular resale is forbidden.',
    source:
      'Law of 30 July 2013 on the sale of tickets to events (numac 2013011413), articles 2, 4 and 5, since October 2013',
    comparedWith: 'account',
    link: 'https://economie.fgov.be/fr/themes/protection-des-consommateurs/arnaques-la-consommation/formes-darnaques/ventes-douteuses/revente-de-tickets-de-concert',
    asOf,
  },
  {
    name: 'ca_on',
    place: 'CA-ON',
    terms: ORIGINAL,
    text: 'A cap of 150 % was repealed in 2019. Bills of 2026 set one at the face value, with the fees of the resale in it; whether one is in force was not to be found, so the preset has it.',
    source: 'Ticket Sales Act, 2017 (S.O. 2017, c. 33, sched. 3), section 2; Bill 94 of 2026',
    comparedWith: 'account',
    link: 'https://politicaldata.ca/bills/on/44-1/bill-94/putting-fans-first-act-no-ticket-resales-above-face-value-2026',
    asOf,
  },
  {
    name: 'ca_qc',
    place: 'CA-QC',
    terms: ORIGINAL,
    text: 'Merchants may ask no more than the price that the authorised vendor announced, unless the producer agreed to more. Amended in 2026, by a text that was not to be found.',
    source:
      'Consumer Protection Act (Quebec, P-40.1), section 236.1 as of April 2024; Bill 10, assented to on 12 June 2026',
    comparedWith: 'law',
    link: 'https://www.legisquebec.gouv.qc.ca/en/version/cs/P-40.1?code=se%3A236_1&history=20240426',
    asOf,
  },
  {
    name: 'de',
    place: 'DE',
    terms: FACE_VALUE,
    text: 'No statute sets a cap: it is a matter of the organizer’s terms. They bind who buys of the organizer to resell; dealers who bought of private people were not bound.',
    source: 'BGH, judgment of 11 September 2008, I ZR 74/06',
    comparedWith: 'account',
    link: 'https://www.rechtslupe.de/wirtschaftsrecht/schwarzhandel-mit-bundesligakarten-34311',
    asOf,
  },
  {
    name: 'dk',
    place: 'DK',
    terms: FACE_VALUE,
    text: 'Resale by which the seller seeks a profit is forbidden.',
    source:
      'Lov om forbud mod videresalg af billetter (act on the resale of tickets to public entertainments), § 1',
    comparedWith: 'law',
    link: 'https://elov.dk/lov-om-forbud-mod-videresalg-af-billetter/paragraf/1',
    asOf,
  },
  {
    name: 'fr',
    place: 'FR',
    terms: FACE_VALUE,
    text: 'Habitual resale needs the organizer’s authorisation, which setting a policy gives; the law sets no cap.',
    source: 'Code pénal, article 313-6-2, by law 2012-348 of 12 March 2012',
    comparedWith: 'law',
    link: 'https://kohenavocats.com/code-penal-article-313-6-2',
    asOf,
  },
  {
    name: 'gb',
    place: 'GB',
    terms: ORIGINAL_IN_ALL,
    text: 'Buyers are told the face value and the seat. The government plans a cap: the original price with its unavoidable fees. Tickets of designated football matches need the organizer’s authorisation.',
    source:
      'Consumer Rights Act 2015, sections 90-95; Criminal Justice and Public Order Act 1994, section 166; government response of 19 November 2025',
    comparedWith: 'account',
    link: 'https://www.gov.uk/government/consultations/putting-fans-first-consultation-on-the-resale-of-live-events-tickets/outcome/government-response-to-the-consultation-on-the-resale-of-live-events-tickets',
    asOf,
  },
  {
    name: 'ie',
    place: 'IE',
    terms: ORIGINAL_IN_ALL,
    text: 'For designated venues and events no more than the original sale price, with any charge or fee on it. Exempt: charities and amateur clubs with the organizer’s approval.',
    source:
      'Sale of Tickets (Cultural, Entertainment, Recreational and Sporting Events) Act 2021 (No. 21), sections 2, 15 and 18',
    comparedWith: 'law',
    link: 'https://www.irishstatutebook.ie/eli/2021/act/21',
    asOf,
  },
  {
    name: 'il',
    place: 'IL',
    terms: ORIGINAL,
    text: 'Nobody may make a business of selling above the price printed on the ticket without a licence.',
    source: 'Penal Law 5737-1977, section 194A',
    comparedWith: 'account',
    link: 'https://www.fridmanwork.com/lawmix2177.html',
    asOf,
  },
  {
    name: 'it',
    place: 'IT',
    terms: ORIGINAL,
    text: 'Through authorised sellers only; people now and then, without commercial ends, at no more than the nominal price. Named tickets at venues of more than 5,000, save sports, opera, classical music, theatre, jazz, dance.',
    source:
      'Law 232/2016, article 1, paragraph 545, and paragraphs 545-bis on by law 145/2018, article 1, paragraph 1100',
    comparedWith: 'law',
    link: 'https://www.agcom.it/secondary-ticketing',
    asOf,
  },
  {
    name: 'jp',
    place: 'JP',
    terms: ORIGINAL,
    text: 'Named tickets that say they are not to be resold: no resale as a business above the sale price without the organizer’s consent.',
    source:
      'Act 103 of 14 December 2018 on unauthorised resale of specified tickets, articles 2 to 4, since 14 June 2019',
    comparedWith: 'account',
    link: 'https://www.japaneselawtranslation.go.jp/ja/laws/view/3356',
    asOf,
  },
  {
    name: 'no',
    place: 'NO',
    terms: ORIGINAL,
    text: 'No more than the price on the ticket, or that of its first sale. A ticket fee that stands on the ticket may be in it; the preset leaves it out.',
    source: 'Svartebørsloven, LOV-2007-06-29-86, § 1',
    comparedWith: 'law',
    link: 'https://lovdata.no/dokument/NL/lov/2007-06-29-86',
    asOf,
  },
  {
    name: 'pl',
    place: 'PL',
    terms: FACE_VALUE,
    text: 'Buying tickets to sell them at a profit, and selling them at one, is an offence: anything above what the seller paid.',
    source: 'Kodeks wykroczeń of 20 May 1971, article 133',
    comparedWith: 'account',
    link: 'https://www.prawo.pl/prawo/czy-spekulacja-biletami-na-imprezy-powinna-byc-karana,526341.html',
    asOf,
  },
  {
    name: 'pt',
    place: 'PT',
    terms: ORIGINAL,
    text: 'Selling above the price that the seller’s own labels or lists have is speculation, an offence. The authority holds that of resale too; lawyers differ.',
    source: 'Decreto-Lei 28/84 of 20 January, article 35',
    comparedWith: 'law',
    link: 'https://jornaldemafra.pt/os-bilhetes-para-os-coldplay-e-o-crime-de-especulacao',
    asOf,
  },
] as const satisfies readonly ResalePreset[];

export const PresetName = z.enum(PRESETS.map(({ name }) => name));

export function presetNamed(name: z.output<typeof PresetName>): ResalePreset {
  const preset = PRESETS.find((own) => own.name === name);
  if (preset === undefined) throw new Error(`There is no preset ${name}.`);
  return preset;
}
