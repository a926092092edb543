/** `field:value`: what each field takes, and the condition it means. */
import type { DocumentState, DocumentType, Verdict } from '../../../preload/contract/domains/basics.ts';
import type { DocumentFilter } from '../../store/reader.ts';
import type { FilterNode } from './ast.ts';
import { dateSpan } from './dates.ts';
import { numberSpan } from './numbers.ts';
import { badQuery } from './syntax-error.ts';

/** Fields that look for words. */
export const wordFields = ['from', 'to', 'people', 'subject'] as const;
/** Fields that say what a document is. */
export const filterFields = ['type', 'date', 'path', 'coded', 'has', 'is', 'state', 'label', 'author', 'lang', 'pages', 'size', 'created', 'modified', 'dated', 'near', 'thread', 'inclusive'] as const;

const known = new Set<string>([...wordFields, ...filterFields]);

/** The field that a run begins with, in lower case, and the rest; null when it begins with none. */
export function splitField(run: string): { readonly field: string; readonly rest: string } | null {
  const match = /^([A-Za-z]+):/.exec(run);
  const field = match?.[1]?.toLowerCase();
  return match === null || field === undefined || !known.has(field) ? null : { field, rest: run.slice(match[0].length) };
}

/** A name before a colon that is none of the fields, in lower case; null for a field, a URL and anything else with a colon in it. */
export function unknownField(run: string): string | null {
  const match = /^([A-Za-z][A-Za-z_-]+):(?![/\\:])/.exec(run);
  const field = match?.[1]?.toLowerCase();
  return field === undefined || field === 'mailto' || known.has(field) ? null : field;
}

/** Refuses a name that is none of the fields. `at` is where it stands in the query. */
export function badField(field: string, at: number): never {
  return badQuery(at, `There is no field ${field}. The fields are ${[...known].join(', ')}; between quotes it is looked for as words`);
}

const types: Readonly<Record<string, DocumentType>> = {
  pdf: 'pdf', mail: 'mail', word: 'word', table: 'table', web: 'web-page', text: 'text', markdown: 'markdown', image: 'image', other: 'other',
};
const codings: Readonly<Record<string, Verdict | 'none' | 'any'>> = { relevant: 'relevant', 'not-relevant': 'not-relevant', deferred: 'deferred', none: 'none', any: 'any' };
const holdings: Readonly<Record<string, 'attachment' | 'annotation' | 'note'>> = { attachment: 'attachment', annotation: 'annotation', note: 'note' };
const states: Readonly<Record<string, DocumentState>> = { text: 'text', 'no-text': 'no-text', quarantined: 'quarantined' };

const answers: Readonly<Record<string, boolean>> = { yes: true, no: false };

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

function choose<T>(field: string, choices: Readonly<Record<string, T>>, value: string, at: number): { readonly value: string; readonly chosen: T } {
  const name = value.toLowerCase();
  const chosen = Object.hasOwn(choices, name) ? choices[name] : undefined;
  if (chosen === undefined) badQuery(at, `${field}: takes ${list(Object.keys(choices))}`);
  return { value: name, chosen };
}

/** A document's number as people write it: 12, #12 or 1,203; null for anything else. */
function documentNumber(value: string): number | null {
  const digits = value.replace(/^#/, '').replaceAll(',', '');
  return /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : null;
}

/** The filter of a field and its value, which is not empty. `at` is where the value stands in the query. */
export function filterOf(field: string, value: string, at: number): FilterNode {
  const node = (canonical: string, filter: DocumentFilter): FilterNode => ({ kind: 'filter', field, value: canonical, filter });
  switch (field) {
    case 'type': {
      const { value: name, chosen } = choose(field, types, value.toLowerCase() === 'web-page' ? 'web' : value, at);
      return node(name, { kind: 'types', types: [chosen] });
    }
    case 'date': {
      const span = dateSpan(value);
      if (span === null) return badQuery(at, 'A date is a year, a month, a day, or from one to another: 2024, 2024-03, 2024-03-05, 2024-01..2024-06');
      return node(span.text, { kind: 'date', from: span.from, to: span.to });
    }
    case 'created':
    case 'modified':
    case 'dated': {
      const span = dateSpan(value);
      if (span === null) return badQuery(at, `${field}: takes a date, or from one to another: 2024, 2024-03, 2024-01..2024-06`);
      return node(span.text, { kind: field, from: span.from, to: span.to });
    }
    case 'pages':
    case 'size': {
      const span = numberSpan(value, field === 'size');
      if (span === null) return badQuery(at, field === 'size' ? 'size: takes a number of bytes with kb, mb or gb, or from one to another: 10kb, >2mb, 1mb..5mb' : 'pages: takes a number, or from one to another: 3, >10, 2..5');
      return node(span.text, { kind: field, least: span.least, most: span.most });
    }
    case 'lang': {
      if (!/^[a-z]{2}$/i.test(value)) return badQuery(at, 'lang: takes the two letters of a language: en, de, ru, ar, zh');
      return node(value.toLowerCase(), { kind: 'language', language: value.toLowerCase() });
    }
    case 'author': return node(value, { kind: 'author', part: value });
    case 'coded': {
      const { value: name, chosen } = choose(field, codings, value, at);
      return node(name, { kind: 'coded', verdict: chosen });
    }
    case 'has': {
      const { value: name, chosen } = choose(field, holdings, value, at);
      return node(name, { kind: 'has', what: chosen });
    }
    case 'is': {
      const { value: name } = choose(field, { duplicate: true }, value, at);
      return node(name, { kind: 'duplicate' });
    }
    case 'state': {
      const { value: name, chosen } = choose(field, states, value, at);
      return node(name, { kind: 'state', state: chosen });
    }
    case 'near': {
      if (value.toLowerCase() === 'any') return node('any', { kind: 'near', of: null });
      const of = documentNumber(value);
      return of === null ? badQuery(at, 'near: takes the number of a document, or any: near:12, near:any') : node(String(of), { kind: 'near', of });
    }
    case 'thread': {
      const of = documentNumber(value);
      return of === null ? badQuery(at, 'thread: takes the number of a document: thread:12') : node(String(of), { kind: 'thread', of });
    }
    case 'inclusive': {
      const { value: name, chosen } = choose(field, answers, value, at);
      return node(name, { kind: 'inclusive', is: chosen });
    }
    case 'label': return node(value, { kind: 'label', label: value });
    default: return node(value, { kind: 'path', part: value });
  }
}
