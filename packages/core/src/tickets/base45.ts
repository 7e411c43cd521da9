/** Base45 (RFC 9285): bytes in the alphanumeric set of QR codes, two bytes to three characters. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const first = bytes[i] ?? 0;
    const second = bytes[i + 1];
    let rest = second === undefined ? first : first * 256 + second;
    for (let digit = 0; digit < (second === undefined ? 2 : 3); digit++) {
      text += ALPHABET[rest % 45];
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}

/** The bytes of a Base45 text; undefined when it is none. Each value has one spelling only. */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  const tail = text.length % 3;
  if (tail === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (tail === 2 ? 1 : 0));
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const group = text.slice(i, i + 3);
    let value = 0;
    for (let digit = group.length - 1; digit >= 0; digit--) {
      const index = ALPHABET.indexOf(group.charAt(digit));
      if (index < 0) return undefined;
      value = value * 45 + index;
    }
    if (value > (group.length === 3 ? 0xffff : 0xff)) return undefined;
    if (group.length === 3) bytes[at++] = value >> 8;
    bytes[at++] = value & 0xff;
  }
  return bytes;
}
