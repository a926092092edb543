/** What Chromium is told of a page address before the app's own: windows are born on it when they are on a screen. */
export const bornAddress = 'https://born.stand-in.invalid/';

const schemes = new Set<string>();
const suffix = 'stand-in.invalid';

/** Makes a scheme one that pages live on; Chromium itself sees it as https on a host that cannot exist. */
export function registerScheme(scheme: string): void {
  schemes.add(scheme);
}

/** `app://bundle/x` as Chromium knows it, `https://bundle.app.stand-in.invalid/x`; any other address unchanged. */
export function toChromiumAddress(address: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(address);
  if (!match || !schemes.has(match[1] ?? '')) return address;
  const rest = match[3] ?? '';
  return `https://${match[2]}.${match[1]}.${suffix}${rest.startsWith('/') ? rest : `/${rest}`}`;
}

/** The reverse of {@link toChromiumAddress}. */
export function toAppAddress(address: string): string {
  const match = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.stand-in\.invalid([/?#].*)?$/i.exec(address);
  return match && schemes.has(match[2] ?? '') ? `${match[2]}://${match[1]}${match[3] ?? '/'}` : address;
}

/** The scheme of an address without its colon; '' when it is no address. */
export function schemeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol.slice(0, -1) : '';
}

/** The origin as Electron reports it: `app://bundle`, where the URL standard would say `null`. */
export function originOf(address: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(address);
  return match && match[2] !== '' ? `${match[1]}://${match[2]}` : 'null';
}
