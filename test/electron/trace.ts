const isTracing = process.env['STANDIN_TRACE'] !== undefined;

/** Writes a line to stderr when STANDIN_TRACE is set: what went wrong with a page that was going away anyway. */
export function trace(...parts: unknown[]): void {
  if (isTracing) process.stderr.write(`[stand-in] ${parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')}\n`);
}

/** Turns a failure that the end of a page or of Chromium explains into a trace line. */
export function traced(what: string): (error: unknown) => void {
  return (error) => trace(what, error);
}
