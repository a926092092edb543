import { chromium } from './chromium.ts';

const pidsByPage = new Map<number, number>();

/**
 * Finds the operating system's id of a page's renderer. DevTools does not say which renderer serves a page, so this takes
 * the youngest that no other page is known to use; pages of one origin may share one and then report the same.
 */
export async function findRendererPid(pageId: number): Promise<number> {
  const { processInfo } = await chromium().connection.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter((info) => info.type === 'renderer').map((info) => info.id).sort((a, b) => b - a);
  const taken = new Set([...pidsByPage].filter(([id]) => id !== pageId).map(([, pid]) => pid));
  const pid = renderers.find((candidate) => !taken.has(candidate)) ?? renderers[0] ?? 0;
  pidsByPage.set(pageId, pid);
  return pid;
}

/** Forgets a page that has gone. */
export function forgetRendererPid(pageId: number): void {
  pidsByPage.delete(pageId);
}
