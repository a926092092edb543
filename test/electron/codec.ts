/** A value as JSON can carry it: plain for null, strings, booleans and ordinary numbers, a tagged array for the rest. */
export type Wire = null | string | boolean | number | readonly unknown[];

/** Turns structured-cloneable values into {@link Wire} and back. */
export interface Codec {
  /** Throws an Error named DataCloneError, with Electron's words, on a value that cannot be cloned. */
  encode(value: unknown): Wire;
  decode(wire: Wire): unknown;
}

/**
 * Builds a codec from a base64 pair.
 * Its source text is also injected into pages, so it refers to nothing outside itself but globals of both sides.
 * Tags: u undefined, n special number, b bigint, d Date, x RegExp, e Error, m Map, s Set, B bytes, a array, o object,
 * r back-reference to the nth container.
 */
export function makeCodec(toBase64: (bytes: Uint8Array) => string, fromBase64: (text: string) => Uint8Array<ArrayBuffer>): Codec {
  type View = new (buffer: ArrayBuffer) => ArrayBufferView;
  const scope = globalThis as unknown as Record<string, View | undefined>;
  const errorsByName: Record<string, ErrorConstructor> = { TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError };
  const viewName = (view: ArrayBufferView): string => Object.prototype.toString.call(view).slice(8, -1);

  function encode(value: unknown): Wire {
    let cloned: unknown;
    try {
      cloned = structuredClone(value); // the platform's own validation: refuses functions, runs getters, flattens instances
    } catch {
      const error = new Error('An object could not be cloned.');
      error.name = 'DataCloneError';
      throw error;
    }
    const indexByContainer = new Map<object, number>();
    const visit = (item: unknown): Wire => {
      if (item === null || typeof item === 'string' || typeof item === 'boolean') return item;
      if (typeof item === 'number') return Number.isFinite(item) && !Object.is(item, -0) ? item : ['n', Object.is(item, -0) ? '-0' : String(item)];
      if (item === undefined) return ['u'];
      if (typeof item === 'bigint') return ['b', String(item)];
      if (typeof item !== 'object') throw new Error('An object could not be cloned.');
      const known = indexByContainer.get(item);
      if (known !== undefined) return ['r', known];
      indexByContainer.set(item, indexByContainer.size);
      if (Array.isArray(item)) return ['a', Array.from(item, visit)];
      if (item instanceof Date) return ['d', item.getTime()];
      if (item instanceof RegExp) return ['x', item.source, item.flags];
      if (item instanceof Error) return ['e', item.name, item.message, String(item.stack)];
      if (item instanceof Map) return ['m', Array.from(item, ([key, entry]) => [visit(key), visit(entry)])];
      if (item instanceof Set) return ['s', Array.from(item, visit)];
      if (item instanceof ArrayBuffer) return ['B', 'ArrayBuffer', toBase64(new Uint8Array(item))];
      if (ArrayBuffer.isView(item)) return ['B', viewName(item), toBase64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength))];
      return ['o', Object.entries(item).map(([key, entry]) => [key, visit(entry)])];
    };
    return visit(cloned);
  }

  function decode(root: Wire): unknown {
    const containers: unknown[] = [];
    const visit = (wire: unknown): unknown => {
      if (!Array.isArray(wire)) return wire;
      const [tag, first, second, third] = wire as [string, unknown, unknown, unknown];
      if (tag === 'u') return undefined;
      if (tag === 'n') return Number(first);
      if (tag === 'b') return BigInt(first as string);
      if (tag === 'r') return containers[first as number];
      const index = containers.push(null) - 1;
      const keep = <T>(container: T): T => {
        containers[index] = container;
        return container;
      };
      switch (tag) {
        case 'a': {
          const list = keep<unknown[]>([]);
          for (const item of first as unknown[]) list.push(visit(item));
          return list;
        }
        case 'o': {
          const object = keep<object>({});
          for (const [key, item] of first as [string, unknown][]) {
            Object.defineProperty(object, key, { value: visit(item), writable: true, enumerable: true, configurable: true });
          }
          return object;
        }
        case 'm': {
          const map = keep(new Map<unknown, unknown>());
          for (const [key, item] of first as [unknown, unknown][]) map.set(visit(key), visit(item));
          return map;
        }
        case 's': {
          const set = keep(new Set<unknown>());
          for (const item of first as unknown[]) set.add(visit(item));
          return set;
        }
        case 'd': return keep(new Date(first as number));
        case 'x': return keep(new RegExp(first as string, second as string));
        case 'e': {
          const error = keep(new (errorsByName[first as string] ?? Error)(second as string));
          error.stack = third as string;
          return error;
        }
        case 'B': {
          const bytes = fromBase64(second as string);
          if (first === 'ArrayBuffer') return keep(bytes.buffer);
          const constructor = scope[first as string];
          return keep(first === 'Uint8Array' || !constructor ? bytes : new constructor(bytes.buffer));
        }
        default: throw new Error(`stand-in: unknown wire tag ${tag}`);
      }
    };
    return visit(root);
  }

  return { encode, decode };
}
