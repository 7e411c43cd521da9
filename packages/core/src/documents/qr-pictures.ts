import { greyPng } from './png.ts';
import { type Qr, QUIET } from './qr.ts';

/** Pixels of a module in pictures that are made of them. */
const PIXELS = 8;

/** Black on white, with its quiet zone; it has no size of its own but one to begin with. */
export function qrSvg({ size, runs }: Qr): string {
  const side = size + 2 * QUIET;
  const path = runs
    .map(({ column, row, length }) => `M${column + QUIET} ${row + QUIET}h${length}v1h-${length}z`)
    .join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"`,
    ` width="${side * PIXELS}" height="${side * PIXELS}" shape-rendering="crispEdges">`,
    `<rect width="${side}" height="${side}" fill="#fff"/><path fill="#000" d="${path}"/></svg>\n`,
  ].join('');
}

/** The same in pixels. */
export function qrPng({ size, isDark }: Qr): Buffer {
  const side = (size + 2 * QUIET) * PIXELS;
  const module = (pixel: number) => Math.floor(pixel / PIXELS) - QUIET;
  return greyPng(side, side, (x, y) => !isDark(module(x), module(y)));
}

const HALVES = { none: ' ', upper: '▀', lower: '▄', both: '█' } as const;

/**
 * For a terminal, two modules above each other in a character: what is light is
 * drawn, as terminals are dark.
 */
export function qrText({ size, isDark }: Qr): string {
  const lines: string[] = [];
  for (let row = -QUIET; row < size + QUIET; row += 2) {
    let line = '';
    for (let column = -QUIET; column < size + QUIET; column += 1) {
      const upper = !isDark(column, row);
      // Below the last row of an odd height there is nothing to draw.
      const lower = row + 1 < size + QUIET && !isDark(column, row + 1);
      if (upper) line += lower ? HALVES.both : HALVES.upper;
      else line += lower ? HALVES.lower : HALVES.none;
    }
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}
