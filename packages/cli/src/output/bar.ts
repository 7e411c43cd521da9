import type { Paint } from './paint.ts';

/** How full something is, as a bar of `width` cells with its numbers. */
export function fillBar(paint: Paint, taken: number, capacity: number, width = 20): string {
  const share = capacity === 0 ? 1 : Math.min(1, taken / capacity);
  const filled = taken > 0 ? Math.max(1, Math.floor(share * width)) : 0;
  const colour = share >= 1 ? paint.red : share >= 0.8 ? paint.yellow : paint.green;
  const bar = colour('█'.repeat(filled)) + paint.dim('░'.repeat(width - filled));
  return `${bar} ${taken}/${capacity}`;
}
