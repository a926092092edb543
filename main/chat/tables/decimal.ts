/** Exact decimal numbers: what stands in cells is added without a rounding error. */

/** `units` times ten to the power of minus `scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const pow10 = (exponent: number): bigint => 10n ** BigInt(exponent);

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * pow10(scale - a.scale), b.units * pow10(scale - b.scale), scale];
}

/** The sum of two. */
export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return { units: left + right, scale };
}

/** Below zero when a is less than b, above when it is more, else zero. */
export function compare(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** a divided by a whole number above zero, rounded half away from zero to `digits` behind the point. */
export function divide({ units, scale }: Decimal, by: number, digits: number): Decimal {
  const scaled = units * pow10(Math.max(0, digits + 1 - scale));
  const own = Math.max(scale, digits + 1);
  const tenfold = scaled / BigInt(by) / pow10(own - digits - 1);
  return { units: (tenfold + (tenfold < 0n ? -5n : 5n)) / 10n, scale: digits };
}

/** With thousands parted by commas and a point: -1,234.50. */
export function format({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
}
