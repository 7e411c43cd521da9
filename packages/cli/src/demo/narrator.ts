import { fillBar } from '../output/bar.ts';
import type { Paint } from '../output/paint.ts';
import { qrPicture } from '../output/qr.ts';

const WIDTH = 76;
const LABEL = 18;

/** Tells the story: headings, short lines, ticks, bars. */
export interface Narrator {
  title(text: string, subtitle: string): void;
  chapter(title: string): void;
  say(text: string): void;
  done(text: string): void;
  refused(text: string, reason: string): void;
  fact(label: string, value: string): void;
  fill(label: string, taken: number, capacity: number): void;
  qr(code: string): void;
  verdict(ok: boolean, text: string): void;
}

/** A narrator that writes lines to `tell`; with one that drops them it is silent. */
export function narrator(paint: Paint, tell: (line: string) => void): Narrator {
  let chapters = 0;
  return {
    title(text, subtitle) {
      tell('');
      tell(`  ${paint.bold(text)}`);
      tell(`  ${paint.dim(subtitle)}`);
    },
    chapter(title) {
      chapters += 1;
      const rule = '─'.repeat(Math.max(3, WIDTH - title.length - 6));
      tell('');
      tell(`${paint.cyan.bold(`${chapters}  ${title}`)} ${paint.dim(rule)}`);
    },
    say: (text) => {
      for (const line of wrapped(text, WIDTH - 2)) tell(`  ${line}`);
    },
    done: (text) => tell(`  ${paint.green('✓')} ${text}`),
    refused(text, reason) {
      tell(`  ${paint.yellow('✗')} ${text}`);
      tell(`    ${paint.yellow(`refused: ${reason}`)}`);
    },
    fact: (label, value) => tell(`    ${paint.dim(label.padEnd(LABEL))} ${value}`),
    fill: (label, taken, capacity) =>
      tell(`    ${paint.dim(label.padEnd(LABEL))} ${fillBar(paint, taken, capacity, 30)}`),
    qr(code) {
      tell('');
      for (const line of qrPicture(paint, code)) tell(`      ${line}`);
      tell('');
    },
    verdict(ok, text) {
      tell('');
      tell(`  ${ok ? paint.green.bold(`✓ ${text}`) : paint.red.bold(`✗ ${text}`)}`);
      tell('');
    },
  };
}

/** Text in lines of at most `width` characters, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
