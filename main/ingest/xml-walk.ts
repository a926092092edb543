import { Parser } from 'htmlparser2';

/** What is told of an XML document, in its order. Names come without their prefix; attributes as written. */
export interface XmlVisitor {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Walks XML in one pass without recursion. Entities that the document declares are not expanded and nothing outside it is read: neither a billion laughs nor an external entity has any effect. */
export function walkXml(xml: string, visitor: XmlVisitor): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => visitor.open?.(localName(name), attributes),
      ontext: (text) => visitor.text?.(text),
      onclosetag: (name) => visitor.close?.(localName(name)),
    },
    { xmlMode: true },
  );
  parser.end(xml);
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** What a document says about itself: the text of each of its elements' first occurrence, by local name. */
export function xmlValues(xml: string): (name: string) => string | null {
  const valueByName = new Map<string, string>();
  let open: string | null = null;
  walkXml(xml, {
    open: (name) => {
      open = valueByName.has(name) ? null : name;
      if (open !== null) valueByName.set(name, '');
    },
    text: (text) => {
      if (open !== null) valueByName.set(open, `${valueByName.get(open) ?? ''}${text}`);
    },
    close: () => {
      open = null;
    },
  });
  return (name) => valueByName.get(name)?.replace(/\s+/g, ' ').trim() || null;
}

/** A date as XML writes it (ISO 8601), in milliseconds since 1970; null for none, for nonsense and for before. */
export function xmlTime(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(time) && time >= 0 ? time : null;
}
