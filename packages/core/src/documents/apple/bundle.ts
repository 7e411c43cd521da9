import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { type Instant, millisOf } from '../../kernel/index.ts';
import { greyPng } from '../png.ts';
import type { AppleWallet } from '../wallets.ts';
import { type CannotSign, readKeys, signManifest } from './sign.ts';
import { stringsFiles, type Translation } from './strings.ts';

/**
 * A pass as the file that phones take: what it says, in which languages, its pictures, their
 * digests, and who signs them.
 */
export async function passFile(
  pass: object,
  translated: readonly Translation[],
  wallet: AppleWallet,
  now: Instant,
): Promise<Uint8Array | CannotSign> {
  const read = readKeys(wallet, now);
  if ('why' in read) return read.why;
  const files: Record<string, Uint8Array> = {
    'pass.json': Buffer.from(JSON.stringify(pass)),
    ...stringsFiles(translated),
    ...plainIcons(),
    ...wallet.images,
  };
  const manifest = JSON.stringify(
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha1(bytes)])),
  );
  const signature = await signManifest(manifest, wallet, read.key, now);
  if (signature === undefined) return 'library_missing';
  return zipSync(
    { ...files, 'manifest.json': Buffer.from(manifest), signature },
    { mtime: millisOf(now) },
  );
}

/** The digest that the format wants; it is the signature that holds. */
function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** Without an icon there is no pass: a ticket, white on black. */
function plainIcons(): Record<string, Uint8Array> {
  const icon = (side: number) => {
    const [edge, top, notch] = [side / 8, side / 3.5, side / 12];
    return greyPng(side, side, (x, y) => {
      const inside = x >= edge && x < side - edge && y >= top && y < side - top;
      const fromEdge = Math.min(x - edge, side - edge - x);
      return inside && Math.hypot(fromEdge, y - side / 2) > notch;
    });
  };
  return { 'icon.png': icon(29), 'icon@2x.png': icon(58), 'icon@3x.png': icon(87) };
}
