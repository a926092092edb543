import type Electron from 'electron';
import { bornAddress, schemeOf, toAppAddress, toChromiumAddress } from './address.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import type { Session } from './session.ts';
import { traced } from './trace.ts';

/** The page whose requests are answered. */
export interface RequestingPage {
  readonly id: number;
  readonly session: Session;
  isMainFrame(frameId: string): boolean;
  /** Runs the navigation events; false when a listener prevented it. */
  allowsNavigation(address: string, isMainFrame: boolean): boolean;
}

type ResourceType = Electron.OnBeforeRequestListenerDetails['resourceType'];
const resourceTypes: Partial<Record<Protocol.Network.ResourceType, ResourceType>> = {
  Script: 'script', Stylesheet: 'stylesheet', Image: 'image', Font: 'font', XHR: 'xhr', Fetch: 'xhr', Ping: 'ping', Media: 'media', CSPViolationReport: 'cspReport', WebSocket: 'webSocket',
};

/** Puts every request of a page, or of one of its workers, through the navigation events, webRequest and protocol handlers. */
export async function interceptRequests(target: CdpSession, page: RequestingPage): Promise<void> {
  target.on('Fetch.requestPaused', (paused) => void answer(target, page, paused).catch(traced(`request ${paused.request.url}`)));
  await target.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answer(target: CdpSession, page: RequestingPage, paused: Protocol.Fetch.requestPausedPayload): Promise<void> {
  const { requestId, request } = paused;
  const fail = (errorReason: Protocol.Network.ErrorReason): Promise<unknown> => target.send('Fetch.failRequest', { requestId, errorReason });
  if (request.url.startsWith(bornAddress)) {
    await target.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders: [{ name: 'content-type', value: 'text/html' }], body: '' });
    return;
  }
  const address = toAppAddress(request.url);
  const isDocument = paused.resourceType === 'Document';
  const isMainFrame = isDocument && page.isMainFrame(paused.frameId);
  if (isDocument && !page.allowsNavigation(address, isMainFrame)) {
    await fail('Aborted');
    return;
  }
  const resourceType = isDocument ? (isMainFrame ? 'mainFrame' : 'subFrame') : (resourceTypes[paused.resourceType] ?? 'other');
  const verdict = await page.session.webRequest.ask({
    id: Number.parseInt(paused.networkId ?? '0', 10) || 0, url: address, method: request.method, resourceType, webContentsId: page.id,
    referrer: request.headers['Referer'] ?? '', timestamp: Date.now(), uploadData: [],
  });
  if (verdict.cancel) {
    await fail('BlockedByClient');
    return;
  }
  const finalAddress = verdict.redirectURL ?? address;
  const handler = page.session.protocol.handlerOf(schemeOf(finalAddress));
  if (!handler) {
    await target.send('Fetch.continueRequest', finalAddress === address ? { requestId } : { requestId, url: toChromiumAddress(finalAddress) });
    return;
  }
  let response: Response;
  try {
    response = await handler(toRequest(finalAddress, request));
  } catch (error) {
    process.stderr.write(`protocol handler failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    await fail('Failed');
    return;
  }
  if (response.type === 'error') await fail('Failed');
  else await fulfill(target, requestId, response);
}

function toRequest(address: string, request: Protocol.Network.Request): Request {
  const parts = (request.postDataEntries ?? []).map((entry) => Buffer.from(entry.bytes ?? '', 'base64'));
  const body = request.hasPostData ? { body: Buffer.concat(parts) } : {};
  return new Request(address, { method: request.method, headers: request.headers, ...body });
}

async function fulfill(target: CdpSession, requestId: string, response: Response): Promise<void> {
  await target.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: Array.from(response.headers, ([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'), // DevTools cannot stream an answer
  });
}
