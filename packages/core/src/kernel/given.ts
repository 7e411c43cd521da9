/** The fields of a patch that were given: a field left out changes nothing. */
export type Given<Patch extends object> = {
  [Key in keyof Patch]?: Exclude<Patch[Key], undefined>;
};

export function given<Patch extends object>(patch: Patch): Given<Patch> {
  const fields: Given<Patch> = { ...patch };
  for (const key in fields) if (fields[key] === undefined) delete fields[key];
  return fields;
}
