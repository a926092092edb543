import { htmlWriter } from './html-writer.ts';
import { ShallowParser } from './shallow-parser.ts';

/** A page's visible text, not yet canonical, and its title. */
export interface HtmlText {
  readonly text: string;
  readonly title: string | null;
  readonly author: string | null;
}

/** Elements whose content a browser does not show as text. */
const unseen = new Set(['script', 'style', 'template', 'noscript', 'head', 'iframe', 'object', 'embed', 'svg', 'canvas', 'audio', 'video', 'datalist', 'map']);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dl', 'table', 'blockquote', 'pre', 'hr', 'figure', 'fieldset']);
const blocks = new Set(['address', 'article', 'aside', 'body', 'caption', 'center', 'dd', 'details', 'dialog', 'div', 'dt', 'figcaption', 'footer', 'form', 'header', 'legend', 'li', 'main', 'nav', 'option', 'section', 'summary', 'tbody', 'textarea', 'tfoot', 'thead', 'tr']);
const hiddenStyle = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|!|$))/i;

/**
 * The text that a reader of the page sees: no scripts, no styles, nothing hidden by attribute or by inline style; paragraphs parted by
 * an empty line, cells by a tab, list items marked. One pass without recursion; elements below the thousandth level count as its siblings. Style sheets are not
 * applied: what only they hide is shown, which is the safe side for evidence.
 */
export function htmlText(html: string): HtmlText {
  const writer = htmlWriter();
  let unseenDepth = 0;
  let title: string | null = null;
  let inTitle = false;
  let author: string | null = null;

  const parser = new ShallowParser({
    onopentag: (name, attributes) => {
      if (name === 'title' && title === null) {
        inTitle = true;
        title = '';
      } else if (name === 'meta' && attributes['name']?.toLowerCase() === 'author') author ??= attributes['content'] ?? null;
      if (unseenDepth > 0 || isHidden(name, attributes)) {
        // The body ends a head that was never closed.
        if (name === 'body' && unseenDepth > 0) unseenDepth = 0;
        else {
          unseenDepth += 1;
          return;
        }
      }
      if (paragraphs.has(name)) writer.breakLines(2);
      else if (blocks.has(name)) writer.breakLines(1);
      if (name === 'br') writer.newLine();
      else if (name === 'pre') writer.openPreformatted();
      else if (name === 'ul' || name === 'ol') writer.openList(name === 'ol', Number.parseInt(attributes['start'] ?? '1', 10));
      else if (name === 'li') writer.listItem();
      else if (name === 'tr') writer.openRow();
      else if (name === 'td' || name === 'th') writer.openCell();
    },
    ontext: (text) => {
      if (inTitle) title += text;
      else if (unseenDepth === 0) writer.text(text);
    },
    onclosetag: (name) => {
      if (name === 'title') inTitle = false;
      if (unseenDepth > 0) {
        unseenDepth -= 1;
        return;
      }
      if (name === 'pre') writer.closePreformatted();
      else if (name === 'ul' || name === 'ol') writer.closeList();
      else if (name === 'td' || name === 'th') writer.closeCell();
      else if (name === 'tr') writer.closeRow();
      if (paragraphs.has(name)) writer.breakLines(2);
      else if (blocks.has(name)) writer.breakLines(1);
    },
  });
  parser.end(html);
  return { text: writer.finish(), title: oneLine(title), author: oneLine(author) };
}

function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (unseen.has(name) || 'hidden' in attributes) return true;
  const style = attributes['style'];
  return style !== undefined && hiddenStyle.test(style);
}

function oneLine(text: string | null): string | null {
  const clean = (text ?? '').replace(/\s+/g, ' ').trim();
  return clean === '' ? null : clean;
}
