/** How the window looks, as far as a machine can judge it: themes, sizes, overflow, what axe finds. */
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { axeFindings } from './axe.ts';
import type { Program } from './program.ts';

export type Theme = 'light' | 'dark';

/** Shows every window in a theme, as the setting does. */
export async function showTheme({ app, page }: Program, theme: Theme): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => { nativeTheme.themeSource = source; }, theme);
  await page.waitForFunction((wanted) => matchMedia('(prefers-color-scheme: dark)').matches === (wanted === 'dark'), theme);
}

/** Waits until nothing on the page is being faded in or out. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'));
}

/** Expects axe to find nothing in what the window shows now, in both themes. It stays light. */
export async function expectAccessible(program: Program, what: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await showTheme(program, theme);
    await settled(program.page);
    expect.soft(await axeFindings(program.page), `${what}, ${theme}`).toEqual([]);
  }
}

/** Expects that the whole window fits: nothing scrolls sideways, both banners stand at their edges with nothing over them. */
export async function expectFitting(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(() => {
    const banners = ['top', 'bottom'].map((edge) => document.querySelector(`[aria-label="Classification, ${edge}"]`));
    const isOnTop = (element: Element | null): boolean => {
      if (element === null) return false;
      const { left, top, width, height } = element.getBoundingClientRect();
      return [0.1, 0.5, 0.9].every((part) => element.contains(document.elementFromPoint(left + width * part, top + height / 2)));
    };
    const cut = [...document.querySelectorAll('button, [role="radio"], [role="tab"], input')].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      const pane = (element.closest('[data-pane]') ?? document.documentElement).getBoundingClientRect();
      // What is only there to be spoken is a pixel wide.
      return width > 1 && height > 1 && (left < pane.left - 0.5 || right > pane.right + 0.5);
    });
    return {
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      bannersOnTop: banners.map(isOnTop),
      bannerEdges: [banners[0]?.getBoundingClientRect().top, window.innerHeight - (banners[1]?.getBoundingClientRect().bottom ?? 0)],
      cut: cut.map((element) => element.getAttribute('aria-label') ?? element.textContent),
    };
  });
  expect.soft(found, what).toEqual({ overflow: 0, bannersOnTop: [true, true], bannerEdges: [0, 0], cut: [] });
}
