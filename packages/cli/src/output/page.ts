import { isObject } from '../settings.ts';
import type { Row } from './cells.ts';
import type { Paint } from './paint.ts';

/** A list, or one page of it, as every `list` answers. A hold has items too, but more beside them. */
export interface AnsweredPage {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

export function pageOf(value: unknown): AnsweredPage | undefined {
  if (!isObject(value) || !Array.isArray(value.items)) return undefined;
  if (!('nextCursor' in value) && Object.keys(value).length > 1) return undefined;
  const { items, nextCursor } = value;
  return {
    items: items.filter(isObject),
    nextCursor: typeof nextCursor === 'string' ? nextCursor : null,
  };
}

/** How to go on, where there is more. */
export function moreLine(paint: Paint, { nextCursor }: Pick<AnsweredPage, 'nextCursor'>): string {
  return nextCursor === null
    ? ''
    : paint.dim(`\nThere are more: --all, or --cursor ${nextCursor}\n`);
}
