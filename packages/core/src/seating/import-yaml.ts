import type * as z from 'zod';
import { errorOf } from '../kernel/index.ts';
import { compileDraft } from './compile.ts';
import { SeatMapDraft } from './draft.ts';
import { MAX_IMPORT } from './import-csv.ts';
import { invalidSeatMap } from './refusals.ts';

const MAX_PROBLEMS = 50;

/**
 * Reads a seat map from YAML (or JSON, which is YAML too): the input of
 * `seatMaps.create` without the organizer.
 *
 * @throws TicketiError `invalid_seat_map`, with the line, the column and the
 * field of every problem
 */
export async function seatMapFromYaml(text: string): Promise<z.input<typeof SeatMapDraft>> {
  if (text.length > MAX_IMPORT) throw failure([{ path: 'line 1', message: 'More than 32 MiB.' }]);
  // Loaded when somebody imports a map, not when the SDK starts.
  const { isNode, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw failure(
      document.errors.map(({ pos: [offset], message }) => ({
        path: position(lines.linePos(offset)),
        message,
      })),
    );
  }
  /** Where the field lies, or the innermost field around it that is there. */
  const placeOf = (path: readonly (string | number)[]): string => {
    const field = path.join('.');
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) {
        const at = position(lines.linePos(node.range[0]));
        return field === '' ? at : `${at}, ${field}`;
      }
    }
    return field;
  };

  const draft: unknown = document.toJS();
  const parsed = SeatMapDraft.safeParse(draft);
  if (!parsed.success) {
    throw failure(
      parsed.error.issues.map(({ path, message }) => ({
        path: placeOf(path.map((step) => (typeof step === 'symbol' ? String(step) : step))),
        message,
      })),
    );
  }
  const compiled = compileDraft(parsed.data);
  if ('sections' in compiled) return parsed.data;
  throw failure(
    compiled.map(({ path, message }) => ({
      path: placeOf(path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))),
      message,
    })),
  );
}

function position({ line, col }: { line: number; col: number }): string {
  return `line ${line}, column ${col}`;
}

function failure(problems: readonly { path: string; message: string }[]) {
  return errorOf(invalidSeatMap({ problems: problems.slice(0, MAX_PROBLEMS) }));
}
