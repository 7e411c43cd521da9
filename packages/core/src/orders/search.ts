/**
 * A text as searches compare it: in small letters, composed. Databases do not
 * agree on small letters beyond ASCII, so it is kept beside what it was made from.
 */
export function searchTextOf({ name, email }: { name: string; email: string }): string {
  return inSmallLetters(`${name} ${email}`);
}

export function inSmallLetters(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
