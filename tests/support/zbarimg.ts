import { execFileSync } from 'node:child_process';

/** Whether `zbarimg` is on this machine; Debian has it in the package `zbar-tools`. */
export function hasZbarimg(): boolean {
  try {
    execFileSync('zbarimg', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The QR codes of a picture (PNG, PGM) as somebody else's reader finds them, in no order. */
export function codesIn(picture: Uint8Array): string[] {
  const args = ['--quiet', '--raw', '--set', '*.enable=0', '--set', 'qrcode.enable=1', '-'];
  const found = execFileSync('zbarimg', args, {
    input: picture,
    // It looks for a bus of the desktop's, and says so.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return found.toString('latin1').split('\n').slice(0, -1);
}
