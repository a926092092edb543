import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { bundlePath, contentType } from './bundle-path.ts';
import { bundleHeaders } from './content-policy.ts';

/** Makes app:// a scheme with an origin, a secure context and fetch. Must run before the app is ready. */
export function registerBundleScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Answers app://bundle/… of a session with the files of one folder, and everything else under app:// with 404. */
export function serveBundle(session: Session, folder: string): void {
  session.protocol.handle('app', (request) => answer(request, folder));
}

async function answer(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const file = bundlePath(folder, request.url);
  if (file === null) return refusal(404);
  try {
    const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(file));
    return new Response(body, { headers: { ...bundleHeaders, 'content-type': contentType(file) } });
  } catch {
    return refusal(404); // absent, a folder, or unreadable: the page learns no more than that
  }
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: bundleHeaders });
}
