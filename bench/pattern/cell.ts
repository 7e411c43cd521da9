/**
 * A value of a row as a pattern: what stays the same for every request, what is fresh in each (ids,
 * and whatever else the request itself names) and what says when it happened.
 */
export interface Cell {
  readonly pieces: readonly Piece[] | null;
  /** What the value changes with. A document counts as the row's own even where it says the same. */
  readonly per: 'row' | 'moment' | 'event';
}

type Piece = string | { readonly fresh: number } | { readonly moment: number };

/** One request's own values, and the instants of the transaction that serves it, as text. */
export interface Ink {
  readonly fresh: readonly string[];
  readonly moments: readonly string[];
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const DAY = 24 * 60 * 60 * 1000;

/** Finds what varies in values: texts that are fresh, and instants near the moment of the sample. */
export class Slots {
  readonly #fresh: readonly string[];
  readonly #now: number;
  /** Milliseconds after the request, for each `moment`. */
  readonly offsets: number[] = [];

  constructor(fresh: readonly string[], now: string) {
    this.#fresh = fresh;
    this.#now = Date.parse(now);
  }

  cell(value: string | null): Cell {
    if (value === null) return { pieces: null, per: 'event' };
    let pieces: Piece[] = [value];
    this.#fresh.forEach((text, fresh) => {
      pieces = pieces.flatMap((piece) =>
        typeof piece === 'string' ? between(piece.split(text), () => ({ fresh })) : [piece],
      );
    });
    pieces = pieces.flatMap((piece) =>
      typeof piece === 'string' ? this.#moments(piece) : [piece],
    );
    pieces = pieces.filter((piece) => piece !== '');
    const own = /^[[{]/.test(value) || pieces.some((piece) => isFresh(piece));
    const timed = pieces.some((piece) => typeof piece === 'object' && 'moment' in piece);
    return { pieces, per: own ? 'row' : timed ? 'moment' : 'event' };
  }

  #moments(text: string): Piece[] {
    const found = [...text.matchAll(INSTANT)].filter(
      ([instant]) => Math.abs(Date.parse(instant) - this.#now) <= DAY,
    );
    const pieces: Piece[] = [];
    let from = 0;
    for (const match of found) {
      const offset = Date.parse(match[0]) - this.#now;
      if (!this.offsets.includes(offset)) this.offsets.push(offset);
      pieces.push(text.slice(from, match.index), { moment: this.offsets.indexOf(offset) });
      from = match.index + match[0].length;
    }
    return [...pieces, text.slice(from)];
  }
}

/** The value for one request. */
export function written({ pieces }: Cell, { fresh, moments }: Ink): string | null {
  if (pieces === null) return null;
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else if ('fresh' in piece) text += fresh[piece.fresh] ?? '';
    else text += moments[piece.moment] ?? '';
  }
  return text;
}

function isFresh(piece: Piece): boolean {
  return typeof piece === 'object' && 'fresh' in piece;
}

function between(texts: readonly string[], slot: () => Piece): Piece[] {
  return texts.flatMap((text, index) => (index === 0 ? [text] : [slot(), text]));
}
