import { app, session, type Session, type WebContents } from 'electron';
import { mayLoad } from './bundle-path.ts';
import { windowPartition } from './safe-preferences.ts';

/** Chromium's own reasons to open a connection; the engine's sockets are Node's and do not pass here. */
const silencedFeatures = [
  'AutofillServerCommunication', 'CertificateTransparencyComponentUpdater', 'DialMediaRouteProvider', 'InterestFeedContentSuggestions',
  'MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'Translate',
];

const switches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'], ['disable-client-side-phishing-detection'], ['disable-component-update'], ['disable-domain-reliability'],
  ['disable-sync'], ['no-pings'], ['disable-breakpad'], ['disable-crash-reporter'], ['disable-quic'], ['disable-http-cache'],
  ['disable-gpu-shader-disk-cache'], ['no-proxy-server'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  // The backstop: no name and no address resolves in Chromium's network stack, whatever slips past the checks above it.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
];

/** What holds for the whole process: the sandbox for every renderer, and no networking of Chromium's own. Must run before ready. */
export function hardenProcess(): void {
  app.enableSandbox();
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value);
  const already = app.commandLine.getSwitchValue('disable-features').split(',').filter((name) => name !== '');
  app.commandLine.appendSwitch('disable-features', [...new Set([...already, ...silencedFeatures])].join(','));
}

/** What can be set only once the app is ready: no DNS over HTTPS, no further query types. */
export function hardenResolver(): void {
  app.configureHostResolver({ secureDnsMode: 'off', secureDnsServers: [], enableBuiltInResolver: false, enableAdditionalDnsQueryTypes: false });
}

/**
 * The windows' session, hardened: every permission denied, every request but those for the bundle cancelled, downloads refused,
 * no proxy and so no look-up of one, no dictionary download.
 */
export async function hardenedSession(): Promise<Session> {
  const hardened = session.fromPartition(windowPartition);
  harden(hardened);
  harden(session.defaultSession); // no window uses it; whatever does gets no further
  await Promise.all([hardened.setProxy({ mode: 'direct' }), session.defaultSession.setProxy({ mode: 'direct' })]);
  return hardened;
}

function harden(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
  target.setSpellCheckerEnabled(false);
  target.setSpellCheckerDictionaryDownloadURL('app://bundle/no-dictionaries/');
  target.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayLoad(details.url) }));
  target.on('will-download', (event) => event.preventDefault());
}

/** Refuses new windows, navigation by the page, redirects and webviews, for every contents that is ever made. */
export function refuseNavigation(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
