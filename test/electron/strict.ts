/** Property names that promises, inspectors, serialisers and test runners ask of any object. */
const probes: ReadonlySet<string> = new Set(['then', 'toJSON', 'inspect', 'nodeType', 'tagName', 'asymmetricMatch', '$$typeof', 'default', '__esModule', 'domain', 'module.exports']);

/** The error that every member outside the stand-in's reach is refused with. */
export function notImplemented(member: string): Error {
  return new Error(`stand-in: ${member} is not implemented`);
}

function refuseUnknown(label: string): ProxyHandler<object> {
  return {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || probes.has(key)) return Reflect.get(target, key, receiver);
      throw notImplemented(`${label}.${key}`);
    },
  };
}

/**
 * Makes reading a member that neither the object nor its prototypes have throw, and returns the object.
 * `in` still answers truthfully, symbols and the names that promises and inspectors probe read as undefined, and a test
 * may assign a missing member, which is then found.
 */
export function strict<T extends object>(label: string, object: T): T {
  const inherited: unknown = Object.getPrototypeOf(object);
  // A class finds its super constructor through this slot, so a constructor must stay one; instances need `instanceof` to hold.
  const beneath = typeof inherited === 'function' ? inherited : (Object.create(inherited as object | null) as object);
  Object.setPrototypeOf(object, new Proxy(beneath, refuseUnknown(label)));
  return object;
}

/** Makes both the statics and the instances of a class strict. */
export function strictClass<T extends abstract new (...args: never[]) => object>(label: string, constructor: T): T {
  strict(label, constructor.prototype as object);
  return strict(label, constructor);
}

/** What an export of Electron that the stand-in lacks altogether is replaced with: any use of it throws. */
export function missingExport(name: string): unknown {
  const refuse = (): never => {
    throw notImplemented(name);
  };
  const handler: ProxyHandler<() => never> = {
    get(target, key): unknown {
      if (typeof key === 'symbol' || probes.has(key) || key === 'prototype') return Reflect.get(target, key);
      throw notImplemented(`${name}.${key}`);
    },
    construct: refuse,
    apply: refuse,
  };
  return new Proxy(function missing(): never { return refuse(); }, handler);
}
