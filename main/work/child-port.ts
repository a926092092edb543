/** The child's end of the channel to whoever started it. */
export interface ChildPort {
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/** What a utility process finds on its `process`; structural, so that this file needs no Electron types. */
interface UtilityParent {
  readonly on: (event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly UtilityPort[] }) => void) => unknown;
}

interface UtilityPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) => unknown;
  readonly start: () => void;
}

/**
 * Waits for the channel and answers it: the process channel of a forked Node, or in a utility process the first port that comes with
 * a `{t:'port'}` message. When the other end goes away the child ends itself: nobody is left to read its answers.
 */
export async function connectToParent(): Promise<ChildPort> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the field may be absent, and is checked
  const parent = (process as { readonly parentPort?: UtilityParent }).parentPort;
  if (parent !== undefined && parent !== null) return await connectThroughUtility(parent);
  if (process.send === undefined) throw new Error('This program is started by Redoubt only.');
  process.once('disconnect', () => process.exit(0));
  return {
    post: (message) => {
      // A failed send means that the parent is gone; the disconnect ends this process.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', listener),
  };
}

function connectThroughUtility(parent: UtilityParent): Promise<ChildPort> {
  return new Promise((resolve) => {
    parent.on('message', (event) => {
      const port = event.ports[0];
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the field may be absent, and is checked
      if (port === undefined || (event.data as { readonly t?: unknown } | null)?.t !== 'port') return;
      port.on('close', () => process.exit(0));
      resolve({
        post: (message) => port.postMessage(message),
        onMessage: (listener) => {
          port.on('message', (message) => listener(message.data));
          port.start();
        },
      });
    });
  });
}
