import { renderUnicodeCompact } from 'uqr';

/**
 * A ticket code as a QR for the terminal. Dark modules are drawn dark on light by default; most
 * terminals are dark, so the picture is inverted: scanners read both, people see a light frame.
 */
export function qrPicture(code: string): string {
  return renderUnicodeCompact(code, { ecc: 'L', border: 2, invert: false });
}
