import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { compileDraft } from '../src/seating/compile.ts';
import { SeatMapDraft } from '../src/seating/draft.ts';
import { type House, openHouse } from '../src/seating/house.ts';
import { drawHouse } from '../src/seating/svg.ts';

function hall(rows: number, seats: number, name = 'Stalls'): House {
  const document = compileDraft(
    SeatMapDraft.parse({
      name: 'Hall',
      sections: [
        {
          key: 'a',
          name,
          rows: Array.from({ length: rows }, (_, row) => ({ name: row + 1, seats })),
        },
        { key: 'floor', name: `${name} floor`, capacity: 50 },
      ],
    }),
  );
  if (!('sections' in document)) throw new Error(JSON.stringify(document));
  return openHouse(document);
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a document, by a parser that takes nothing but well-formed XML. */
function elementsOf(svg: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(svg).close();
  return elements;
}

const general = new Map([['floor', { poolId: 'pol_1', capacity: 50, available: 7 }]]);

describe('the picture of a hall', () => {
  test('names every seat with its state, and counts them for who cannot see it', () => {
    const house = hall(2, 3);
    const states = Uint8Array.from([0, 1, 2, 3, 0, 0]);
    const elements = elementsOf(drawHouse(house, states, { title: 'Hall', general }));
    const titles = elements.filter(({ name }) => name === 'title').map(({ text }) => text);
    expect(titles).toEqual([
      'Hall',
      'a-1-1, a: free',
      'a-1-2, a: held',
      'a-1-3, a: sold',
      'a-2-1, a: blocked',
      'a-2-2, a: free',
      'a-2-3, a: free',
    ]);
    expect(elements[0]?.attributes['aria-label']).toBe('Hall: 3 free, 1 held, 1 sold, 1 blocked');
    const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toContain('7 of 50 free');
  });

  test.for([
    '<script>alert(1)</script>',
    '"><image href="x" onerror="alert(1)"/>',
    "a & b ' ]]> <!-- &lt;",
    'bell \u0007 and \u{ffff}',
  ])('escapes what people typed: %j', (name) => {
    const house = hall(1, 2, name);
    const svg = drawHouse(house, new Uint8Array(2), { title: name, general });
    const elements = elementsOf(svg);
    const drawn = new Set(elements.map((element) => element.name));
    expect([...drawn].sort()).toEqual(
      ['circle', 'desc', 'g', 'path', 'polygon', 'rect', 'svg', 'text', 'title'].sort(),
    );
    const shown = name.replace('\u0007', '').replace('\uffff', '');
    expect(elements.filter(({ text }) => text === shown).length).toBeGreaterThan(0);
  });

  test('is small for a stadium, and tells how each section stands', () => {
    const house = hall(300, 200);
    const states = new Uint8Array(house.seats).map((_, seat) => seat % 4);
    const svg = drawHouse(house, states, { title: 'Stadium', general });
    expect(svg.length).toBeLessThan(1_300_000);
    const titles = elementsOf(svg).filter(({ name }) => name === 'title');
    expect(titles.map(({ text }) => text)).toEqual([
      'Stadium',
      'Stalls: 15000 of 60000 seats free',
    ]);
  });
});
