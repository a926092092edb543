import { bornAddress } from './address.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import { chromium } from './chromium.ts';
import { trace, traced } from './trace.ts';

/** A page that Chromium has opened for a window; it is paused until it has been set up. */
export interface PageTarget {
  readonly session: CdpSession;
  readonly targetId: string;
  /** Settles when the page has gone, whoever closed it. */
  readonly gone: Promise<void>;
}

interface Request {
  readonly windowId: number;
  readonly width: number;
  readonly height: number;
  readonly browserContextId: string | undefined;
  readonly isOffTheRecord: boolean;
}

type AttachedTarget = Protocol.Target.attachedToTargetPayload;

const goneBySession = new Map<string, () => void>();
let expecting: ((target: PageTarget) => void) | null = null;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Opens a page for a window. One at a time, so that the next page to appear is the one that was asked for.
 * On about:blank where there is no display: a page born on a real address is sometimes missed by other debuggers.
 */
export function openPageTarget(request: Request, setUp: (target: PageTarget) => Promise<void>): Promise<void> {
  const opened = turn.then(() => open(request, setUp));
  turn = opened.catch(() => undefined);
  return opened;
}

async function open(request: Request, setUp: (target: PageTarget) => Promise<void>): Promise<void> {
  const attached = Promise.withResolvers<PageTarget>();
  expecting = attached.resolve;
  const { connection, isHeadless, openOnScreen } = chromium();
  if (isHeadless) {
    const { browserContextId, width, height } = request;
    await connection.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height, ...(browserContextId === undefined ? {} : { browserContextId }) });
  } else {
    openOnScreen(request.windowId, request.isOffTheRecord);
  }
  await setUp(await attached.promise);
}

/** Takes every target that Chromium opens: pages that were asked for, and popups, which are never let load. */
export async function watchTargets(): Promise<void> {
  const { connection } = chromium();
  connection.on('Target.attachedToTarget', (attached) => {
    onAttached(attached).catch(traced(`attach ${attached.targetInfo.type}`));
  });
  connection.on('Target.detachedFromTarget', ({ sessionId }) => {
    goneBySession.get(sessionId)?.();
    goneBySession.delete(sessionId);
  });
  await connection.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
}

async function onAttached({ sessionId, targetInfo }: AttachedTarget): Promise<void> {
  const { connection } = chromium();
  const session = connection.session(sessionId);
  const { type, url, openerId, targetId } = targetInfo;
  trace('attached', type, url);
  const isBlank = url === '' || url === 'about:blank' || url.startsWith(bornAddress);
  if (type === 'page' && openerId === undefined && isBlank && expecting) {
    const resolve = expecting;
    expecting = null;
    resolve({ session, targetId, gone: new Promise((gone) => goneBySession.set(sessionId, gone)) });
    return;
  }
  if (type === 'page' && openerId !== undefined) {
    // Running it with its requests held back comes first: closing a popup that two debuggers pause can wedge its opener.
    const held = session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }).catch(traced('popup'));
    await session.send('Runtime.runIfWaitingForDebugger').catch(traced('popup'));
    await held;
    await connection.send('Target.closeTarget', { targetId });
    return;
  }
  await session.send('Runtime.runIfWaitingForDebugger');
}
