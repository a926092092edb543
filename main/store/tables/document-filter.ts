/** Which documents: a condition as data, and its SQL over `documents d`. Every condition is true or false, never unknown, so that NOT means everything else. */
import type { DocumentState, DocumentType, Verdict } from '../../../preload/contract/domains/basics.ts';
import type { SqlValue } from '../sqlite.ts';

export type DocumentFilter =
  /** An FTS5 expression, every term quoted. */
  | { readonly kind: 'text'; readonly match: string }
  | { readonly kind: 'contents'; readonly contents: readonly number[] }
  | { readonly kind: 'types'; readonly types: readonly DocumentType[] }
  /** Milliseconds since 1970, end exclusive; null is open. */
  | { readonly kind: 'date'; readonly from: number | null; readonly to: number | null }
  /** Stands in the path of the document or of one with the same bytes; `*` is any run of characters. */
  | { readonly kind: 'path'; readonly part: string }
  | { readonly kind: 'coded'; readonly verdict: Verdict | 'none' | 'any' }
  | { readonly kind: 'has'; readonly what: 'attachment' | 'annotation' | 'note' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'state'; readonly state: DocumentState }
  | { readonly kind: 'label'; readonly label: string }
  /** Stands in the name of who wrote or sent it; `*` is any run of characters. */
  | { readonly kind: 'author'; readonly part: string }
  /** ISO 639-1. */
  | { readonly kind: 'language'; readonly language: string }
  /** Bounds are inclusive; null is open. Bytes, or pages. */
  | { readonly kind: 'size' | 'pages'; readonly least: number | null; readonly most: number | null }
  /** What the document says of itself. Milliseconds since 1970, end exclusive; null is open. */
  | { readonly kind: 'created' | 'modified'; readonly from: number | null; readonly to: number | null }
  /** A date in the text. Milliseconds since 1970, end exclusive; null is open. */
  | { readonly kind: 'dated'; readonly from: number | null; readonly to: number | null }
  /** Near-duplicates: of the document with the number, itself among them; null for all that have any. */
  | { readonly kind: 'near'; readonly of: number | null }
  /** Messages of the thread of the document with the number. */
  | { readonly kind: 'thread'; readonly of: number }
  /** False for a message that adds nothing to another of its thread. */
  | { readonly kind: 'inclusive'; readonly is: boolean }
  | { readonly kind: 'and' | 'or'; readonly children: readonly DocumentFilter[] }
  | { readonly kind: 'not'; readonly child: DocumentFilter };

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const has: Record<Extract<DocumentFilter, { kind: 'has' }>['what'], string> = {
  attachment: 'd.attachments > 0',
  annotation: 'd.document IN (SELECT document FROM annotations)',
  note: 'd.document IN (SELECT document FROM document_state WHERE note IS NOT NULL)',
};

/** The pattern of LIKE for a part of a path. */
function likePart(part: string): string {
  return `%${part.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%')}%`;
}

function coded(verdict: Verdict | 'none' | 'any'): Condition {
  if (verdict === 'none') return { sql: 'd.document NOT IN (SELECT document FROM document_state WHERE verdict IS NOT NULL)', values: [] };
  if (verdict === 'any') return { sql: 'd.document IN (SELECT document FROM document_state WHERE verdict IS NOT NULL)', values: [] };
  return { sql: 'd.document IN (SELECT document FROM document_state WHERE verdict = ?)', values: [verdict] };
}

function date(from: number | null, to: number | null): Condition {
  const bounds = [...(from === null ? [] : ['d.date >= ?']), ...(to === null ? [] : ['d.date < ?'])];
  return { sql: `(d.date IS NOT NULL AND ${bounds.length === 0 ? 'TRUE' : bounds.join(' AND ')})`, values: [from, to].filter((bound) => bound !== null) };
}

/** A number that is there and within bounds. */
function between(column: string, least: number | null, most: number | null): Condition {
  const bounds = [...(least === null ? [] : [`${column} >= ?`]), ...(most === null ? [] : [`${column} <= ?`])];
  return { sql: `(${[`${column} IS NOT NULL`, ...bounds].join(' AND ')})`, values: [least, most].filter((bound) => bound !== null) };
}
const dayMs = 86_400_000;
const nearAny = '(d.content IS NOT NULL AND d.content IN (SELECT content FROM near_texts WHERE pivot <> content UNION SELECT pivot FROM near_texts WHERE pivot <> content))';
const nearOf = '(d.content IS NOT NULL AND d.content IN (WITH one(pivot) AS (SELECT n.pivot FROM documents x JOIN near_texts n ON n.content = x.content WHERE x.document = ?) SELECT pivot FROM one UNION SELECT n.content FROM one JOIN near_texts n ON n.pivot = one.pivot AND n.pivot <> n.content))';
const threadOf = '(d.content IS NOT NULL AND d.content IN (SELECT content FROM messages WHERE thread = (SELECT m.thread FROM documents x JOIN messages m ON m.content = x.content WHERE x.document = ?)))';
const addsNothing = '(d.content IS NOT NULL AND d.content IN (SELECT content FROM messages WHERE within IS NOT NULL))';

/** The condition in SQL over the alias `d`. */
export function conditionOf(filter: DocumentFilter): Condition {
  switch (filter.kind) {
    case 'text': return { sql: '(d.content IS NOT NULL AND d.content IN (SELECT rowid FROM text_index WHERE text_index MATCH ?))', values: [filter.match] };
    case 'contents': return { sql: '(d.content IS NOT NULL AND d.content IN (SELECT value FROM json_each(?)))', values: [JSON.stringify(filter.contents)] };
    case 'types': return { sql: 'd.type IN (SELECT value FROM json_each(?))', values: [JSON.stringify(filter.types)] };
    case 'date': return date(filter.from, filter.to);
    case 'path': return { sql: "d.document IN (SELECT coalesce(duplicate_of, document) FROM documents WHERE path LIKE ? ESCAPE '\\')", values: [likePart(filter.part)] };
    case 'coded': return coded(filter.verdict);
    case 'has': return { sql: has[filter.what], values: [] };
    case 'duplicate': return { sql: 'd.duplicates > 0', values: [] };
    case 'state': return { sql: 'd.state = ?', values: [filter.state] };
    case 'label': return { sql: 'd.document IN (SELECT document FROM annotations WHERE label = ? COLLATE NOCASE)', values: [filter.label] };
    case 'author': return { sql: "(d.content IS NOT NULL AND d.content IN (SELECT content FROM contents WHERE author LIKE ? ESCAPE '\\'))", values: [likePart(filter.part)] };
    case 'language': return { sql: '(d.content IS NOT NULL AND d.content IN (SELECT content FROM contents WHERE language = ?))', values: [filter.language] };
    case 'size': return between('d.size_bytes', filter.least, filter.most);
    case 'pages': {
      const { sql, values } = between('page_count', filter.least, filter.most);
      return { sql: `(d.content IS NOT NULL AND d.content IN (SELECT content FROM contents WHERE ${sql}))`, values };
    }
    case 'created':
    case 'modified': {
      const { sql, values } = between(`${filter.kind}_at`, filter.from, filter.to === null ? null : filter.to - 1);
      return { sql: `(d.content IS NOT NULL AND d.content IN (SELECT content FROM contents WHERE ${sql}))`, values };
    }
    case 'dated': {
      const bounds = [...(filter.from === null ? [] : ['last_day >= ?']), ...(filter.to === null ? [] : ['first_day < ?'])];
      return { sql: `(d.content IS NOT NULL AND d.content IN (SELECT content FROM found_dates WHERE ${bounds.join(' AND ') || 'TRUE'}))`, values: [filter.from, filter.to].filter((bound) => bound !== null).map((bound) => Math.floor(bound / dayMs)) };
    }
    case 'near': return filter.of === null ? { sql: nearAny, values: [] } : { sql: nearOf, values: [filter.of] };
    case 'thread': return { sql: threadOf, values: [filter.of] };
    case 'inclusive': return { sql: filter.is ? `NOT ${addsNothing}` : addsNothing, values: [] };
    case 'not': {
      const child = conditionOf(filter.child);
      return { sql: `NOT ${child.sql}`, values: child.values };
    }
    default: {
      const children = filter.children.map(conditionOf);
      if (children.length === 0) return { sql: filter.kind === 'and' ? 'TRUE' : 'FALSE', values: [] };
      return { sql: `(${children.map(({ sql }) => sql).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`, values: children.flatMap(({ values }) => values) };
    }
  }
}
