import { isTicketiError, seatMapFromCsv, seatMapFromYaml } from '@ticketi/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileDraft } from '../src/seating/compile.ts';
import { SeatMapDraft } from '../src/seating/draft.ts';
import { findSeat, labelOf, openHouse } from '../src/seating/house.ts';
import type { SeatMapDocument } from '../src/seating/seat-map.ts';

function compiled(draft: object): SeatMapDocument {
  const document = compileDraft(SeatMapDraft.parse({ name: 'Hall', ...draft }));
  if (!('sections' in document)) throw new Error(JSON.stringify(document));
  return document;
}

function problemsOf(draft: object) {
  const document = compileDraft(SeatMapDraft.parse({ name: 'Hall', ...draft }));
  return 'sections' in document ? [] : document.map(({ path, message }) => `${path}: ${message}`);
}

function problemsIn(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (!isTicketiError(error, 'invalid_seat_map')) throw error;
    return error.details.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe('a layout', () => {
  test('puts straight rows behind each other, centred, an aisle one seat wide', () => {
    const { sections } = compiled({
      sections: [
        {
          key: 'a',
          rows: [
            { name: 1, seats: 3 },
            { name: 2, seats: [1, { number: 2, aisleAfter: true }, 3, 4] },
          ],
        },
        { key: 'b', rows: [{ name: 1, seats: 1 }] },
      ],
    });
    const at = sections.flatMap(({ rows }) =>
      rows.map(({ seats }) => seats.map(([, , x, y]) => [x, y])),
    );
    expect(at).toEqual([
      [
        [-1, 4],
        [0, 4],
        [1, 4],
      ],
      [
        [-2, 5],
        [-1, 5],
        [1, 5],
        [2, 5],
      ],
      [[0, 8]],
    ]);
  });

  test('keeps the seats of a curved row equally far from the focal point', () => {
    const { sections } = compiled({
      focalPoint: { x: 100, y: -20 },
      sections: [
        { key: 'a', layout: { curved: true, bearing: 30 }, rows: [{ name: 1, seats: 40 }] },
      ],
    });
    const distances = (sections[0]?.rows[0]?.seats ?? []).map(([, , x, y]) =>
      Math.hypot(x - 100, y + 20),
    );
    for (const distance of distances) expect(distance).toBeCloseTo(distances[0] ?? 0, 1);
  });

  test('refuses rows that would go around more than once', () => {
    const layout = { curved: true, distance: 1 };
    expect(
      problemsOf({ sections: [{ key: 'a', layout, rows: [{ name: 1, seats: 30 }] }] }),
    ).toEqual([
      'sections.0.layout: The curved rows of section a would go around more than once: give it a larger distance.',
    ]);
  });
});

test('a draft that contradicts itself is told everything at once, with where', () => {
  const seat = { number: 1 };
  expect(
    problemsOf({
      sections: [
        {
          key: 'a',
          rows: [
            { name: 1, seats: [seat, seat] },
            { name: 1, seats: 2 },
          ],
        },
        { key: 'a' },
        {
          key: 'b',
          rows: [
            {
              name: 1,
              seats: [
                { number: 1, kind: 'companion' },
                { number: 2, kind: 'companion', companionOf: 3 },
                { number: 3, companionOf: 'b-1-1' },
                { number: 4, x: 1, y: 1 },
              ],
            },
          ],
        },
      ],
    }),
  ).toEqual([
    'sections.0.rows.0.seats.1: Row 1 of a has two seats 1.',
    'sections.0.rows.1: Section a has two rows 1.',
    'sections.1: There are two sections a.',
    'sections.1: Section a needs either rows or a capacity.',
    'sections.2.rows.0.seats.0: Companion seat b-1-1 does not say whom it belongs to (companionOf).',
    'sections.2.rows.0.seats.1: b-1-2 belongs to 3, which is no accessible place.',
    'sections.2.rows.0.seats.2: Seat b-1-3 names companionOf, but its kind is standard.',
    'sections.2: 1 of 4 seats of section b have a position: give x and y to all of them or to none.',
  ]);
});

test('every seat is found by its label, and by no other', () => {
  const house = openHouse(
    compiled({
      sections: [
        {
          key: 'a',
          rows: [
            { name: 'AA', seats: 12 },
            { name: 'B', seats: ['1a', '1b'] },
          ],
        },
        { key: 'floor', capacity: 20 },
        { key: 'b', rows: [{ name: 'AA', seats: 3 }] },
      ],
    }),
  );
  const labels = Array.from({ length: house.seats }, (_, seat) => labelOf(house, seat));
  expect(new Set(labels).size).toBe(17);
  labels.forEach((label, seat) => {
    expect(findSeat(house, label)).toBe(seat);
  });
  for (const wrong of ['a-AA-13', 'a-AA', 'a', '', 'c-1-1', 'a-AA-1-1', 'floor-1-1', 'a-aa-1']) {
    expect(findSeat(house, wrong), wrong).toBeUndefined();
  }
});

describe('CSV', () => {
  const read = (text: string) => seatMapFromCsv(text, { name: 'Hall' });

  test('becomes sections, rows and seats in the order of its lines', () => {
    const draft = read(
      [
        '\u{feff}Section;row;number;category;kind;companion_of;aisle_after;capacity',
        'Block A;1;1;gold;accessible;;;',
        'Block A;1;2;gold;companion;1;yes;',
        '"Block ""B""";1;1;;;;;',
        'Block A;2;1;;;;;',
        '',
        'Floor;;;;;;;200',
      ].join('\r\n'),
    );
    expect(draft).toEqual({
      name: 'Hall',
      sections: [
        {
          key: 'Block_A',
          name: 'Block A',
          rows: [
            {
              name: '1',
              seats: [
                { number: '1', category: 'gold', kind: 'accessible' },
                {
                  number: '2',
                  category: 'gold',
                  kind: 'companion',
                  companionOf: '1',
                  aisleAfter: true,
                },
              ],
            },
            { name: '2', seats: [{ number: '1' }] },
          ],
        },
        { key: 'Block_B', name: 'Block "B"', rows: [{ name: '1', seats: [{ number: '1' }] }] },
        { key: 'Floor', name: 'Floor', capacity: 200 },
      ],
    });
  });

  test.for([
    [
      'section,row\na,1',
      ['line 1, number: The header has no column number: it needs section, row, number.'],
    ],
    [
      'section,row,number,colour\na,1,1,red',
      [
        'line 1, colour: There is no such column: known are section, row, number, category, x, y, kind, companion_of, aisle_after, capacity.',
      ],
    ],
    [
      'section,row,number\n\na,,1\na,1,\n,1,1',
      [
        'line 3, row: The row is missing.',
        'line 4, number: The number is missing.',
        'line 5, section: The section is missing.',
      ],
    ],
    ['section,row,number\na,1,1\na,1,1', ['line 3: Row 1 of a has two seats 1.']],
    [
      'section,row,number,x,y\na,1,1,3,\na,1,2,left,1',
      ['line 2, y: A position has both x and y.', 'line 3, x: left is no number.'],
    ],
    [
      'section,row,number,kind,companion_of\na,1,1,vip,\na,1,2,companion,9',
      ['line 2, kind: vip is none of standard, accessible, companion.'],
    ],
    [
      'section,row,number,kind,companion_of\na,1,1,,\na,1,2,companion,9',
      ['line 3: a-1-2 belongs to 9, which is no accessible place.'],
    ],
    ['section,row,number\n"a\n,1,1\nb,1,1', ['line 2: A quote is opened here and never closed.']],
    ['section,row,number\na,1,1,9', ['line 2: It has 4 fields, the header has 3.']],
    [
      'section,row,number\na,1-2,1',
      ['line 2, row: 1-2 is no row: letters, digits, dots and underscores.'],
    ],
    ['section,row,number', ['line 1: There is no seat in it.']],
    [
      '',
      [
        'line 1, section: The header has no column section: it needs section, row, number.',
        'line 1, row: The header has no column row: it needs section, row, number.',
        'line 1, number: The header has no column number: it needs section, row, number.',
      ],
    ],
  ] as const)('says where it is wrong: %j', ([text, expected]) => {
    expect(problemsIn(() => read(text))).toEqual(expected);
  });

  test('gives a map or says why not, whatever it is given', () => {
    const cell = fc.constantFrom(
      'a',
      '1',
      '',
      '"',
      'x"y',
      '-',
      ',',
      ';',
      '\n',
      '9e9',
      'companion',
      'Ü 1',
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 }), (lines) => {
        const body = lines.map((cells) => cells.join(',')).join('\n');
        const text = `section,row,number,kind,x,y\n${body}`;
        let draft: unknown;
        const problems = problemsIn(() => {
          draft = read(text);
        });
        if (problems.length === 0) expect(problemsOf(Object(draft))).toEqual([]);
        else for (const problem of problems) expect(problem).toMatch(/^line \d+/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('YAML', () => {
  test('is the input of seatMaps.create', async () => {
    const draft = await seatMapFromYaml(
      'name: Hall\nsections:\n  - { key: a, rows: [{ name: 1, seats: 3 }] }',
    );
    expect(compiled(draft).sections[0]?.rows[0]?.seats).toHaveLength(3);
  });

  test.for([
    ['name: [', /^line 1, column 8: /],
    [
      'name: Hall\nsections:\n  - key: a-b\n    capacity: 3',
      /^line 3, column 10, sections.0.key: Expected letters/,
    ],
    [
      'name: Hall\nsections:\n  - key: a\n    rows: [{ name: 1, seats: [1, 2, 1] }]',
      /^line 4, column 37, sections.0.rows.0.seats.2: Row 1 of a has two seats 1/,
    ],
    ['name: Hall\nsection: 1', /^line 1, column 1, sections: Invalid input/],
    ['- 1', /^line 1, column 1: Invalid input/],
  ] as const)('says where it is wrong: %j', async ([text, expected]) => {
    const failure = seatMapFromYaml(text).catch((error: unknown) =>
      problemsIn(() => {
        throw error;
      }),
    );
    expect(await failure).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });
});
