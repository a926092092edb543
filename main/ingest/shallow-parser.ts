import { Parser } from 'htmlparser2';

/** Browsers stop at 512 (Blink) or 2,000 (Gecko); a page that is meant to be read stays far below either. */
const deepest = 1000;
/** Elements that change how the library reads what is in them, each with an entry of its own. */
const contexts = new Set(['math', 'svg', 'mi', 'mo', 'mn', 'ms', 'mtext', 'annotation-xml', 'foreignobject', 'desc', 'title']);

/** What the library keeps of the elements that are open, the innermost first; its typings keep it to themselves. */
interface Open {
  readonly stack: string[];
  readonly foreignContext: boolean[];
  readonly cbs: { readonly onclosetag?: (name: string, isImplied: boolean) => void };
}

/**
 * htmlparser2's parser with an end to depth: an element that would lie deeper than a thousand closes the innermost one first, as browsers do.
 * Every open element costs the library time for every tag, so that forty thousand nested tables took a minute.
 */
export class ShallowParser extends Parser {
  override onopentagname(start: number, endIndex: number): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Open
    const { stack, foreignContext, cbs } = this as unknown as Open;
    if (stack.length >= deepest) {
      const name = stack.shift() ?? '';
      if (contexts.has(name)) foreignContext.shift();
      cbs.onclosetag?.(name, true);
    }
    super.onopentagname(start, endIndex);
  }
}
