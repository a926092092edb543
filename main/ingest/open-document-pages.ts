import { walkXml } from './xml-walk.ts';

const areas = /^(?:header|footer)(?:-left|-first)?$/;
/** Fields (ISO/IEC 26300-1 7.3) that a style keeps only a placeholder of: what they show differs from page to page. */
const fields = new Set(['page-number', 'page-count', 'sheet-name', 'title', 'file-name', 'date', 'time', 'page-continuation']);

/** Distinct texts of page headers and footers of an OpenDocument file's styles. A line that has no more than a word beside the page's number says nothing and is left out. */
export function pageTexts(styles: string): string[] {
  const texts = new Set<string>();
  let inside = 0;
  let inField = 0;
  let isNumbered = false;
  let line = '';
  let lines: string[] = [];
  const endLine = (): void => {
    const shown = line.trim();
    if (/[\p{L}\p{N}]/u.test(shown) && !(isNumbered && shown.split(/[\s/]+/).filter((word) => word !== '').length < 2)) lines.push(shown);
    [line, isNumbered] = ['', false];
  };
  walkXml(styles, {
    open: (name) => {
      if (areas.test(name)) {
        inside += 1;
        lines = [];
      } else if (inside > 0 && fields.has(name)) {
        inField += 1;
        isNumbered ||= name === 'page-number';
      }
    },
    text: (text) => { if (inside > 0 && inField === 0) line += text.replace(/[ \t\r\n]+/g, ' '); },
    close: (name) => {
      if (inside === 0) return;
      if (fields.has(name)) inField = Math.max(0, inField - 1);
      else if (name === 'p' || name === 'h') endLine();
      else if (areas.test(name)) {
        endLine();
        inside -= 1;
        texts.add(lines.join('\n'));
      }
    },
  });
  texts.delete('');
  return [...texts];
}
