import { encode } from 'uqr';

/** A QR code as its dark modules. */
export interface Qr {
  /** Modules on each side, without the quiet zone. */
  readonly size: number;
  /** Dark modules side by side, row by row. */
  readonly runs: readonly { column: number; row: number; length: number }[];
  isDark(column: number, row: number): boolean;
}

/** Light modules around a code (ISO/IEC 18004). */
export const QUIET = 4;

/**
 * A ticket code as a QR: alphanumeric, as Base45 is, and with error correction
 * level M, so that 15 % of it may be unreadable. Its 137 characters take 41
 * modules on a side.
 */
export function qrOf(code: string): Qr {
  const { data, size } = encode(code, { ecc: 'M', boostEcc: true, border: 0 });
  const isDark = (column: number, row: number) => data[row]?.[column] === true;
  const runs: Qr['runs'][number][] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!isDark(column, row)) continue;
      const last = runs.at(-1);
      if (last?.row === row && last.column + last.length === column) last.length += 1;
      else runs.push({ column, row, length: 1 });
    }
  }
  return { size, runs, isDark };
}
