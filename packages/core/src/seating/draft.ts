import * as z from 'zod';

/** Most numbered seats of one map: twice the largest stadium there is. */
export const MAX_SEATS = 250_000;
const MAX_SECTIONS = 1000;
const MAX_ROWS = 1000;
const MAX_ROW_SEATS = 2000;

/**
 * What addresses a section, a row or a seat. A hyphen cannot be in it, because
 * it separates the three in a label.
 */
const ADDRESS = /^[\p{L}\p{N}][\p{L}\p{N}._]*$/u;
export const SEPARATOR = '-';

const Address = z
  .string()
  .max(32)
  .regex(ADDRESS, {
    error: 'Expected letters and digits, with dots and underscores between them: no hyphen.',
  })
  .meta({ examples: ['A'] });
/** YAML reads a row called 12 as a number. */
const AddressInput = z.union([Address, z.int().min(0).max(999_999)]);

/** A seat by its label: `section-row-number`. */
export const SeatLabel = z
  .string()
  .max(100)
  .meta({ description: 'A seat: section-row-number.', examples: ['stalls-C-12'] });

const Coordinate = z
  .number()
  .min(-100_000)
  .max(100_000)
  .meta({ description: 'In any unit; the map is drawn to scale. y grows away from the stage.' });

export const SeatKind = z.enum(['standard', 'accessible', 'companion']).meta({
  id: 'SeatKind',
  description:
    '`accessible` is a wheelchair place; `companion` is sold together with the accessible place that it belongs to.',
});
export type SeatKind = z.output<typeof SeatKind>;

const SeatInput = z.union([
  AddressInput,
  z.strictObject({
    number: AddressInput,
    category: Address.optional(),
    kind: SeatKind.default('standard'),
    companionOf: z
      .union([SeatLabel, z.int().min(0).max(999_999)])
      .optional()
      .meta({
        description:
          'Of a companion seat: the accessible place that it belongs to, by its number in the same row or by its label.',
      }),
    x: Coordinate.optional(),
    y: Coordinate.optional(),
    aisleAfter: z.boolean().default(false).meta({
      description: 'An aisle follows: the next seat of the row is not adjacent to this one.',
    }),
  }),
]);

const RowInput = z.strictObject({
  name: AddressInput,
  seats: z
    .union([z.int().min(1).max(MAX_ROW_SEATS), z.array(SeatInput).min(1).max(MAX_ROW_SEATS)])
    .meta({ description: 'How many (numbered from 1), or the seats from left to right.' }),
  category: Address.optional(),
});

const Layout = z
  .strictObject({
    distance: z.number().min(0).max(10_000).optional().meta({
      description:
        'From the focal point to the first row, in seat widths. Default: behind the sections before it.',
    }),
    bearing: z.number().min(-360).max(360).default(0).meta({
      description:
        'In which direction it lies, in degrees; 0 is opposite the stage, 90 to its right.',
    }),
    curved: z.boolean().default(false).meta({
      description: 'Whether its rows are arcs around the focal point.',
    }),
  })
  .meta({ description: 'Where the section lies, when its seats have no positions of their own.' });

const SectionInput = z.strictObject({
  key: Address.meta({ examples: ['stalls'] }),
  name: z.string().trim().min(1).max(100).optional(),
  category: Address.optional().meta({
    description: 'The category of its seats that name none. Default: the key of the section.',
  }),
  rows: z.array(RowInput).min(1).max(MAX_ROWS).optional().meta({
    description: 'The rows of a section with numbered seats, the one nearest the stage first.',
  }),
  capacity: z.int().min(1).max(1_000_000).optional().meta({
    description: 'Places of a general admission section, which has no numbered seats.',
  }),
  layout: Layout.optional(),
});

/** A seat map as people write it. */
export const SeatMapDraft = z.strictObject({
  name: z.string().trim().min(1).max(200),
  focalPoint: z.strictObject({ x: Coordinate, y: Coordinate }).optional().meta({
    description:
      'What everybody looks at: the best seats are those nearest to it. Default: 0, 0, or the middle of the front edge when seats have positions.',
  }),
  sections: z.array(SectionInput).min(1).max(MAX_SECTIONS),
});
export type SeatMapDraft = z.output<typeof SeatMapDraft>;
export type SectionDraft = SeatMapDraft['sections'][number];
export type RowDraft = NonNullable<SectionDraft['rows']>[number];

/** Something that is wrong with a draft, and where. */
export interface DraftProblem {
  /** As in `sections.0.rows.3.seats.7`. */
  readonly path: string;
  readonly message: string;
}

/** Whether a text may be a key of a section, the name of a row or the number of a seat. */
export function isAddress(text: string): boolean {
  return text.length <= 32 && ADDRESS.test(text);
}
