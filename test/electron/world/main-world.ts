import { bridgeWorlds } from './bridge.ts';

/**
 * Runs in the page's own world before any page script, by its source text.
 * Waits for the preload's world to show the shared node in the first event named by the secret token, and then makes
 * `window.open` ask the main process and return null, which is what a denied one returns in Electron.
 */
export function mainWorld(token: string): void {
  if (window !== window.top) return;
  window.addEventListener(token, (event) => {
    event.stopImmediatePropagation();
    const node = (event as MouseEvent).relatedTarget;
    if (!node) return;
    const [CustomEventOf, UrlOf, text] = [CustomEvent, URL, String];
    const dispatch = EventTarget.prototype.dispatchEvent.bind(node);
    bridgeWorlds(node, 'main');
    window.open = (url, frameName, features) => {
      const detail = { url: text(new UrlOf(url ?? 'about:blank', document.baseURI)), frameName: text(frameName ?? ''), features: text(features ?? '') };
      dispatch(new CustomEventOf('window-open', { detail }));
      return null;
    };
  }, { once: true, capture: true });
}
