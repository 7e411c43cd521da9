import { type Instant, millisOf } from '../kernel/index.ts';
import { type Fonts, loadFonts } from './fonts.ts';

/** A4 in points of 1/72 inch, and how far from its edges is printed. */
export const PAGE = { width: 595, height: 842, margin: 50 } as const;

interface Style {
  readonly size?: number;
  readonly color?: string;
  /** Where the text ends, in place of where it begins. */
  readonly right?: true;
  /** Made smaller where it would be wider. */
  readonly width?: number;
}

const SIZE = 9;

/** Squares side by side. */
interface SquareRun {
  readonly column: number;
  readonly row: number;
  readonly length: number;
}

/** Pages to put single lines of text on, in any letters that the fonts have. */
export class Sheet {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly fonts: Fonts;

  constructor(pdf: PDFKit.PDFDocument, fonts: Fonts) {
    this.pdf = pdf;
    this.fonts = fonts;
    for (const { name, bytes } of fonts.files) pdf.registerFont(name, bytes);
  }

  widthOf(text: string, size: number = SIZE): number {
    let width = 0;
    for (const run of this.fonts.runsOf(text)) {
      width += this.pdf.font(run.font).fontSize(size).widthOfString(run.text);
    }
    return width;
  }

  /** One line of text, its upper edge at `y`. */
  put(text: string, x: number, y: number, style: Style = {}): void {
    const { color = '#000000', right, width } = style;
    let size = style.size ?? SIZE;
    const wide = this.widthOf(text, size);
    if (width !== undefined && wide > width) size = (size * width) / wide;
    let at = right ? x - this.widthOf(text, size) : x;
    for (const run of this.fonts.runsOf(text)) {
      this.pdf.font(run.font).fontSize(size).fillColor(color);
      this.pdf.text(run.text, at, y, { lineBreak: false });
      at += this.pdf.widthOfString(run.text);
    }
  }

  /** Text as lines that are no wider; a word that is wider is broken. */
  wrapped(text: string, width: number, size: number = SIZE): string[] {
    return text.split(/\r?\n/).flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(/\s+/)) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (this.widthOf(longer, size) <= width) {
          line = longer;
          continue;
        }
        if (line !== '') lines.push(line);
        line = word;
        while (this.widthOf(line, size) > width) {
          const fits = this.fitting(line, width, size);
          lines.push(fits);
          line = line.slice(fits.length);
        }
      }
      return [...lines, line];
    });
  }

  /** The longest beginning of a word that is no wider; one letter at least. */
  private fitting(word: string, width: number, size: number): string {
    let fits = '';
    for (const letter of word) {
      if (fits !== '' && this.widthOf(fits + letter, size) > width) break;
      fits += letter;
    }
    return fits;
  }

  rule(y: number, from: number = PAGE.margin): void {
    this.pdf
      .moveTo(from, y)
      .lineTo(PAGE.width - PAGE.margin, y)
      .lineWidth(0.5)
      .strokeColor('#999999')
      .stroke();
  }

  /** Black squares of one side in rows, from the upper left corner on: one shape without seams. */
  squares(x: number, y: number, side: number, rows: Iterable<SquareRun>): void {
    for (const { column, row, length } of rows) {
      this.pdf.rect(x + column * side, y + row * side, length * side, side);
    }
    this.pdf.fill('#000000');
  }

  newPage(): void {
    this.pdf.addPage();
  }

  /** Goes through the pages again, to put on each what needs their number. */
  onEachPage(draw: (page: number, of: number) => void): void {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(start + page);
      draw(page + 1, count);
    }
  }

  /** Ends the document. */
  bytes(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    return new Promise((resolve, reject) => {
      this.pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.pdf.on('end', () => resolve(Buffer.concat(chunks)));
      this.pdf.on('error', reject);
      this.pdf.end();
    });
  }
}

/** What a document says of itself: nothing of it is of the moment. */
interface About {
  readonly title: string;
  readonly author: string;
  readonly createdAt: Instant;
}

/** An empty sheet; undefined where the library is not installed. */
export async function newSheet({ title, author, createdAt }: About): Promise<Sheet | undefined> {
  const library = await import('pdfkit').catch(missing);
  if (library === undefined) return undefined;
  const { default: Document } = library;
  const pdf = new Document({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    // The library would load one of its own for it.
    font: '',
    bufferPages: true,
    // All of it goes into the file's id.
    info: {
      Title: title,
      Author: author,
      Creator: 'Ticketi',
      Producer: 'Ticketi',
      CreationDate: new Date(millisOf(createdAt)),
    },
  });
  return new Sheet(pdf, await loadFonts());
}

function missing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
  return undefined;
}
