import { execFileSync } from 'node:child_process';

/** Whether `pdftotext` is on this machine; Debian has it in the package `poppler-utils`. */
export function hasPdfToText(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The text of a PDF as somebody else's reader finds it, page by page. */
export function textOfPdf(pdf: Uint8Array): string[] {
  const text = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input: pdf });
  return text.toString('utf8').split('\f').slice(0, -1);
}
