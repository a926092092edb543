import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { openCase, unlock } from '../e2e/drive.ts';
import { root, startProgram } from '../e2e/program.ts';
import { testPassphrase } from '../support/engines.ts';

/** Milliseconds from a key press to the frame in which another document stands, with each key. */
export interface PaintTimes {
  /** J: the next document. */
  readonly next: readonly number[];
  /** R: code it, durably, and go on. */
  readonly codeAndGoOn: readonly number[];
}

/** True when the program has been built. */
export function isBuilt(): boolean {
  return existsSync(join(root, 'out', 'main', 'app.js')) && existsSync(join(root, 'out', 'renderer'));
}

/** From inside the page, where the key arrives: until the frame after the one in which the document's text has changed. */
async function pressAndWait(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    const textNow = (): string => document.querySelector('article [data-pane-body]')?.textContent?.slice(0, 400) ?? '';
    const before = textNow();
    const state = { tookMs: -1 };
    Object.assign(window, { paintProbe: state });
    window.addEventListener('keydown', (event) => {
      const began = event.timeStamp;
      const look = (): void => {
        const text = textNow();
        if (text.length > 100 && text !== before) requestAnimationFrame((now) => { state.tookMs = now - began; });
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
  await page.keyboard.press(key);
  const took = await page.waitForFunction(() => {
    const { paintProbe } = window as unknown as { paintProbe: { readonly tookMs: number } };
    return paintProbe.tookMs < 0 ? null : paintProbe.tookMs;
  });
  return Number(await took.jsonValue());
}

/** Times of `count` presses of each key in the queue of the case "Generated" of a vault. `folder` takes the program's own data. */
export async function paintTimes(folder: string, vaultFolder: string, count: number): Promise<PaintTimes> {
  symlinkSync(vaultFolder, join(folder, 'vault'), 'dir');
  const program = await startProgram(folder);
  try {
    const { page } = program;
    await unlock(page, testPassphrase);
    await openCase(page, 'Generated');
    await page.locator('article [data-pane-body]').getByText(/\w{3}/).first().waitFor();
    const press = async (key: string): Promise<number[]> => {
      const times: number[] = [];
      for (let at = 0; at < count + 5; at += 1) {
        times.push(await pressAndWait(page, key));
        await page.waitForTimeout(120); // a person looks before the next key
      }
      return times.slice(5);
    };
    return { next: await press('j'), codeAndGoOn: await press('r') };
  } finally {
    await program.end();
  }
}
