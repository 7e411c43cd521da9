import { renderUnicodeCompact } from 'uqr';
import type { Paint } from './paint.ts';

/**
 * A ticket code as a QR for the terminal: light modules are drawn, dark ones left out. Where there
 * are colours it is light on black whatever the terminal's own, as scanners like it best.
 */
export function qrPicture(paint: Paint, code: string): string[] {
  const lines = renderUnicodeCompact(code, { ecc: 'L', border: 2 }).trimEnd().split('\n');
  return lines.map((line) => paint.bgBlack.whiteBright(line));
}
