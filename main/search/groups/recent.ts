/** What was made of the texts that were looked at last; the one looked at longest ago goes first. */
export function recent<T>(limit: number, make: (content: number) => T): (content: number) => T {
  const kept = new Map<number, T>();
  return (content) => {
    const known = kept.get(content);
    const value = known ?? make(content);
    kept.delete(content);
    kept.set(content, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= limit) break;
      kept.delete(oldest);
    }
    return value;
  };
}
