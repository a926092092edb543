import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type Electron from 'electron';
import { chromium } from './chromium.ts';
import { followTheme } from './native-theme.ts';
import { preloadWorld } from './page-channel.ts';
import type { PageTarget } from './page-targets.ts';
import { interceptRequests } from './request-interceptor.ts';
import type { RequestingPage } from './request-interceptor.ts';
import { traced } from './trace.ts';
import { isolatedWorldSource, mainWorldSource } from './world/sources.ts';

/**
 * Puts interception, the preload's world and the theme in place while a new page is still paused, then lets it run.
 * The returned function undoes what outlives the page.
 */
export async function setUpPage(target: PageTarget, preferences: Electron.WebPreferences, page: RequestingPage): Promise<() => void> {
  const { session } = target;
  const preload = preferences.preload === undefined ? '' : await readFile(preferences.preload, 'utf8');
  const token = `stand-in-${randomBytes(16).toString('hex')}`;
  const info = { platform: process.platform, arch: process.arch, versions: { ...process.versions }, argv: preferences.additionalArguments ?? [] };
  interceptSubtargets(target, page);
  // A paused page answers nothing before it has been told to run, so everything is sent first and awaited after.
  const ready = [
    session.send('Page.enable'),
    session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    session.send('Runtime.enable'),
    interceptRequests(session, page),
    session.send('Runtime.addBinding', { name: '__standin_send', executionContextName: preloadWorld }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(token) }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { worldName: preloadWorld, source: isolatedWorldSource(token, preload, info) }),
    session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    session.send('Runtime.runIfWaitingForDebugger'),
  ];
  await Promise.all(ready);
  page.session.pages.add(session);
  const unfollowTheme = followTheme(session);
  return () => {
    page.session.pages.delete(session);
    unfollowTheme();
  };
}

// Workers and out-of-process frames are targets of their own, whose requests would otherwise go past the interception.
function interceptSubtargets(owner: Pick<PageTarget, 'session'>, page: RequestingPage): void {
  owner.session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const session = chromium().connection.session(sessionId);
    interceptSubtargets({ session }, page);
    void Promise.allSettled([
      interceptRequests(session, page).catch(traced(`${targetInfo.type} requests`)),
      session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }).catch(traced(`${targetInfo.type} subtargets`)),
      session.send('Runtime.runIfWaitingForDebugger').catch(traced(targetInfo.type)),
    ]);
  });
}
