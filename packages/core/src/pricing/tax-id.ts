/** A tax id in the form in which it is compared, or undefined when it is none. */
export async function taxIdOf(written: string): Promise<string | undefined> {
  // Loaded when a business buys, not when the SDK starts.
  const { checkVAT, countries } = await import('jsvat');
  const { isValid, value } = checkVAT(written, countries);
  return isValid ? value : undefined;
}
