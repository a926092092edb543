/** One half of the contextBridge: `expose` works on the preload's half only. */
export interface BridgeHalf {
  expose(key: string, value: unknown): void;
}

/**
 * One half of the contextBridge, injected by its source text into the page's own world ('main') and the preload's ('isolated').
 *
 * The halves share one detached node and talk by CustomEvents on it. Blink structured-clones `detail` when the other world
 * reads it, synchronously, so calls return and throw at once while no object is ever shared. The main half lives among page
 * scripts that may replace any builtin, so it uses what it captured before they ran, and index loops only.
 */
export function bridgeWorlds(node: EventTarget, side: 'main' | 'isolated'): BridgeHalf {
  type Packed =
    | { t: 'f'; id: number } | { t: 'p'; id: number } | { t: 'r'; i: number }
    | { t: 'a'; v: Packed[] } | { t: 'o'; k: string[]; v: Packed[] } | { t: 'v'; v: unknown };
  type PackedError = { n: string; m: string } | { raw: Packed };
  type Message =
    | { k: 'call'; id: number; a: Packed[] } | { k: 'ret'; v: Packed } | { k: 'ret'; e: PackedError }
    | { k: 'settled'; id: number; v: Packed } | { k: 'settled'; id: number; e: PackedError } | { k: 'expose'; key: string; v: Packed };
  type Callable = (...args: unknown[]) => unknown;
  interface Pending { resolve(value: unknown): void; reject(error: unknown): void }

  const { getPrototypeOf, defineProperty, keys, freeze, prototype: objectPrototype } = Object;
  const { apply } = Reflect;
  const [PromiseOf, ErrorOf, TypeErrorOf, CustomEventOf, MapOf, isArray] = [Promise, Error, TypeError, CustomEvent, Map, Array.isArray];
  const then = PromiseOf.prototype.then;
  const { get: mapGet, set: mapSet, has: mapHas } = MapOf.prototype;
  const mapSize = Object.getOwnPropertyDescriptor(MapOf.prototype, 'size')?.get as () => number;
  const readDetail = Object.getOwnPropertyDescriptor(CustomEventOf.prototype, 'detail')?.get as () => unknown;
  const hasOwn = objectPrototype.hasOwnProperty;
  const dispatchEvent = EventTarget.prototype.dispatchEvent;
  const bag = <T>(): Record<PropertyKey, T> => ({ __proto__: null }) as unknown as Record<PropertyKey, T>;
  const functionsById = bag<Callable>();
  const pendingById = bag<Pending>();
  const exposed = bag<boolean>();
  const peer = side === 'isolated' ? 'main' : 'isolated';
  const maxDepth = 100;
  let lastId = 0;
  let answer: Extract<Message, { k: 'ret' }> | undefined;

  const put = (target: object, key: PropertyKey, value: unknown): void => {
    defineProperty(target, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true } as PropertyDescriptor);
  };
  const mapList = <T, R>(list: ArrayLike<T>, convert: (item: T) => R): R[] => {
    const result: R[] = [];
    for (let index = 0; index < list.length; index++) put(result, index, convert(list[index] as T));
    return result;
  };
  const isPlain = (value: object): boolean => {
    const prototype: unknown = getPrototypeOf(value);
    return prototype === null || prototype === objectPrototype;
  };
  const post = (message: Message): void => {
    apply(dispatchEvent, node, [new CustomEventOf(peer, { detail: message })]);
  };
  const packError = (error: unknown): PackedError => (error instanceof ErrorOf ? { n: error.name, m: error.message } : { raw: pack(error) });
  const unpackError = (packed: PackedError): unknown => {
    if ('raw' in packed) return unpack(packed.raw);
    const error = new ErrorOf(packed.m);
    put(error, 'name', packed.n);
    return error;
  };

  function pack(value: unknown, depth = 0, seen: Map<object, number> = new MapOf<object, number>()): Packed {
    if (depth > maxDepth) throw new ErrorOf('Value is nested too deeply to cross the context bridge.');
    if (typeof value === 'function') {
      const id = ++lastId;
      functionsById[id] = value as Callable;
      return { t: 'f', id };
    }
    if (typeof value === 'symbol') throw new TypeErrorOf('An object could not be cloned.');
    if (typeof value !== 'object' || value === null) return { t: 'v', v: value };
    if (value instanceof PromiseOf) {
      const id = ++lastId;
      void apply(then, value, [(result: unknown) => post({ k: 'settled', id, v: pack(result) }), (error: unknown) => post({ k: 'settled', id, e: packError(error) })]);
      return { t: 'p', id };
    }
    if (!isArray(value) && !isPlain(value)) return { t: 'v', v: value }; // cloned by Blink when the other world reads it
    if (apply(mapHas, seen, [value])) return { t: 'r', i: apply(mapGet, seen, [value]) as number };
    apply(mapSet, seen, [value, apply(mapSize, seen, [])]);
    if (isArray(value)) return { t: 'a', v: mapList(value as unknown[], (item) => pack(item, depth + 1, seen)) };
    const record = value as Record<string, unknown>;
    const names = keys(record);
    return { t: 'o', k: names, v: mapList(names, (name) => pack(record[name], depth + 1, seen)) };
  }

  function unpack(packed: Packed, frozen = false, seen: unknown[] = []): unknown {
    switch (packed.t) {
      case 'f': return (...args: unknown[]) => call(packed.id, args);
      case 'p': return new PromiseOf((resolve, reject) => { pendingById[packed.id] = { resolve, reject }; });
      case 'r': return seen[packed.i];
      case 'a': {
        const list: unknown[] = [];
        put(seen, seen.length, list);
        for (let index = 0; index < packed.v.length; index++) put(list, index, unpack(packed.v[index] as Packed, frozen, seen));
        return frozen ? freeze(list) : list;
      }
      case 'o': {
        const object = {};
        put(seen, seen.length, object);
        for (let index = 0; index < packed.k.length; index++) put(object, packed.k[index] as string, unpack(packed.v[index] as Packed, frozen, seen));
        return frozen ? freeze(object) : object;
      }
      case 'v': return packed.v;
    }
  }

  function call(id: number, args: unknown[]): unknown {
    const packed = mapList(args, (item) => pack(item));
    answer = undefined;
    post({ k: 'call', id, a: packed });
    const received = answer as Extract<Message, { k: 'ret' }> | undefined; // set by the listener below while post() ran
    answer = undefined;
    if (!received) throw new ErrorOf('The other side of the context bridge is gone.');
    if ('e' in received) throw unpackError(received.e);
    return unpack(received.v);
  }

  function answerCall(id: number, args: Packed[]): Message {
    try {
      const target = functionsById[id];
      if (!target) throw new ErrorOf('The function is gone.');
      return { k: 'ret', v: pack(apply(target, undefined, mapList(args, (item) => unpack(item)))) };
    } catch (error) {
      return { k: 'ret', e: packError(error) };
    }
  }

  node.addEventListener(side, (event) => {
    const message = apply(readDetail, event, []) as Message | null;
    if (!message) return;
    if (message.k === 'call') post(answerCall(message.id, message.a));
    else if (message.k === 'ret') answer = message;
    else if (message.k === 'settled') {
      const pending = pendingById[message.id];
      delete pendingById[message.id];
      if (!pending) return;
      if ('e' in message) pending.reject(unpackError(message.e));
      else pending.resolve(unpack(message.v));
    } else if (side === 'main') {
      defineProperty(window, message.key, { __proto__: null, value: unpack(message.v, true), enumerable: true, writable: false, configurable: false } as PropertyDescriptor);
    }
  });

  return {
    expose(key, value) {
      if (apply(hasOwn, exposed, [key])) throw new ErrorOf('Cannot bind an API on top of an existing property on the window object');
      exposed[key] = true;
      post({ k: 'expose', key, v: pack(value) });
    },
  };
}
