/** A field of a CSV file, trimmed, on the line where its record begins. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records of a CSV text (RFC 4180; separated by commas, semicolons or tabs,
 * whichever the first line has most of). Empty lines are left out. A quote that
 * is never closed is an error at the line where it opens.
 */
export function parseCsv(text: string): readonly CsvRecord[] | { readonly unclosedAt: number } {
  const source = text.startsWith('\u{feff}') ? text.slice(1) : text;
  const separator = separatorOf(source);
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let [line, recordLine, quoteLine] = [1, 1, 0];

  const endRecord = () => {
    fields.push(field.trim());
    field = '';
    if (fields.some((one) => one !== '')) records.push({ line: recordLine, fields });
    fields = [];
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (quoted) {
      if (character === '"' && source[at + 1] === '"') {
        field += '"';
        at += 1;
      } else if (character === '"') quoted = false;
      else field += character;
      if (character === '\n') line += 1;
    } else if (character === '"' && field.trim() === '') {
      [quoted, quoteLine, field] = [true, line, ''];
    } else if (character === separator) {
      fields.push(field.trim());
      field = '';
    } else if (character === '\n') {
      line += 1;
      endRecord();
      recordLine = line;
    } else if (character !== '\r') field += character;
  }
  if (quoted) return { unclosedAt: quoteLine };
  endRecord();
  return records;
}

function separatorOf(text: string): string {
  const end = text.indexOf('\n');
  const header = end === -1 ? text : text.slice(0, end);
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((most, one) => (count(one) > count(most) ? one : most));
}
