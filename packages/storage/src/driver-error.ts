/** The code that a driver's error bears: an SQLSTATE, `SQLITE_...` or a system's; else nothing. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Gives what a driver is imported for, or an error that says which package is missing. */
export async function needDriver<Driver>(
  name: string,
  load: () => Promise<Driver>,
): Promise<Driver> {
  try {
    return await load();
  } catch (cause) {
    if (codeOf(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(`This storage needs the package ${name}. Install it: npm install ${name}`, {
      cause,
    });
  }
}
