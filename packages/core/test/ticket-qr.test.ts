import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { codesIn, hasZbarimg } from '../../../tests/support/zbarimg.ts';
import { qrOf } from '../src/documents/qr.ts';
import { qrPng, qrSvg, qrText } from '../src/documents/qr-pictures.ts';
import { CODE } from './support/admissions.ts';
import { randomOf } from './support/random-codes.ts';

const there = hasZbarimg();
const title = there
  ? 'the QR of a code, read by somebody else’s reader'
  : 'the QR of a code, which needs zbarimg (Debian: zbar-tools)';

/** With a space first and last, the digits that end a line, all of Base45, and 20 at random. */
const codes = [
  CODE,
  `${' '.repeat(136)}A`,
  `:${'%'.repeat(135)} `,
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.repeat(3),
  ...Array.from({ length: 20 }, (_, seed) => randomOf(seed)),
];

/** What a terminal shows, a character as two pixels above each other, light on dark, as a picture (PGM). */
function screenshot(text: string, pixels = 4): Buffer {
  const lines = text.trimEnd().split('\n');
  const [width, height] = [(lines[0] ?? '').length, lines.length * 2];
  const isLight = (x: number, y: number) => {
    const drawn = lines[Math.floor(y / 2)]?.charAt(x) ?? ' ';
    return drawn === '█' || drawn === (y % 2 === 0 ? '▀' : '▄');
  };
  const head = Buffer.from(`P5 ${width * pixels} ${height * pixels} 255\n`);
  const body = Buffer.alloc(width * height * pixels * pixels);
  body.forEach((_, at) => {
    const [x, y] = [at % (width * pixels), Math.floor(at / (width * pixels))];
    body[at] = isLight(Math.floor(x / pixels), Math.floor(y / pixels)) ? 255 : 0;
  });
  return Buffer.concat([head, body]);
}

describe.runIf(there)(title, () => {
  it.each(codes)('%j is in the SVG, the PNG and the terminal’s text, byte for byte', (code) => {
    const qr = qrOf(code);
    expect(codesIn(new Resvg(qrSvg(qr)).render().asPng())).toEqual([code]);
    expect(codesIn(qrPng(qr))).toEqual([code]);
    expect(codesIn(screenshot(qrText(qr)))).toEqual([code]);
  });

  it('is read although a part of it is covered, as level M promises', () => {
    const qr = qrOf(CODE);
    const spoilt = {
      ...qr,
      isDark: (x: number, y: number) => (x > 14 && x < 24 && y > 14 && y < 22) || qr.isDark(x, y),
    };
    expect(codesIn(qrPng(spoilt))).toEqual([CODE]);
  });
});

describe('the QR of a code', () => {
  it('is alphanumeric: 137 characters take 41 modules a side', () => {
    expect(CODE).toHaveLength(137);
    expect(qrOf(CODE).size).toBe(41);
    // Bytes in place of characters would take more.
    expect(qrOf(CODE.toLowerCase()).size).toBeGreaterThan(41);
  });

  it('has four light modules around it, in each of its forms', () => {
    const qr = qrOf(CODE);
    const lines = qrText(qr).trimEnd().split('\n');
    expect(lines).toHaveLength(25);
    for (const line of [...lines.slice(0, 2), ...lines.slice(-2, -1)])
      expect(line).toBe('█'.repeat(49));
    // The height is odd: half of the last line lies below the picture.
    expect(lines.at(-1)).toBe('▀'.repeat(49));
    for (const line of lines.slice(0, -1))
      expect([line.slice(0, 4), line.slice(-4)]).toEqual(['████', '████']);
    expect(qrSvg(qr)).toContain('viewBox="0 0 49 49"');
    const corners = [...qrSvg(qr).matchAll(/M(\d+) (\d+)h(\d+)/g)].map((found) =>
      found.slice(1).map(Number),
    );
    expect(Math.min(...corners.map(([x = 0]) => x))).toBe(4);
    expect(Math.min(...corners.map(([, y = 0]) => y))).toBe(4);
    expect(Math.max(...corners.map(([x = 0, , length = 0]) => x + length))).toBe(45);
  });

  it('is small', () => {
    expect(qrSvg(qrOf(CODE)).length).toBeLessThan(15_000);
    expect(qrPng(qrOf(CODE)).length).toBeLessThan(2500);
  });
});
