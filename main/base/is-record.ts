/** True for an object that is no array: what JSON or a library gave may then be read field by field, each still unknown. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
