import type { Locator } from 'playwright';

/**
 * The words of a PDF page that lie under its highlights: each rectangle is compared with the places of the page's own text, so a
 * highlight beside its words is not taken for one on them. Runs of one line are joined.
 */
export async function marksOnPage(document: Locator, page: number): Promise<string[]> {
  return await document.getByRole('group', { name: `Page ${page}`, exact: true }).evaluate((element) => {
    const areas = [...element.querySelectorAll('[aria-hidden="true"] > span')].map((area) => area.getBoundingClientRect());
    const runs = [...element.querySelectorAll('[data-start]')].flatMap((run) => (run.firstChild instanceof Text ? [run.firstChild] : []));
    return areas.map((area) => {
      let words = '';
      for (const run of runs) {
        for (let at = 0; at < run.data.length; at += 1) {
          const range = window.document.createRange();
          range.setStart(run, at);
          range.setEnd(run, at + 1);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          const across = (left + right) / 2;
          const down = (top + bottom) / 2;
          if (across > area.left && across < area.right && down > area.top && down < area.bottom) words += run.data[at] ?? '';
        }
      }
      return words;
    });
  });
}
