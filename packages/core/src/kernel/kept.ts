/** The class of a value that is kept. */
type Kind<Value> = abstract new (...args: never[]) => Value;

/**
 * What was read and stays true as long as the record that it belongs to names
 * the same version. A version is an id that is never given twice, so that one
 * which was rolled back says nothing of any other.
 */
export interface Kept {
  /** The value of this version, read when it is not there. One version a subject is kept. */
  get<Value extends object>(
    kind: Kind<Value>,
    subject: string,
    version: string,
    read: () => Promise<Value>,
  ): Promise<Value>;
}

/** @param most values that are kept, two an event; those that were not asked for longest go first */
export function createKept(most = 1000): Kept {
  const kept = new Map<string, { readonly version: string; readonly value: object }>();
  return {
    async get(kind, subject, version, read) {
      const key = `${kind.name} ${subject}`;
      const found = kept.get(key);
      const value =
        found?.version === version && found.value instanceof kind ? found.value : await read();
      // Moved to the end, so that the first one is the one that waited longest.
      kept.delete(key);
      kept.set(key, { version, value });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return value;
    },
  };
}
