/** What the engine makes of a marking while it is typed. */
import { useEffect, useState } from 'react';
import type { MarkingView } from '../../preload/contract/domains/basics.ts';
import { isEngineError } from './client.ts';
import { useRoute } from './queries.ts';
import { faultAt } from './text-fault.ts';

/** `reading`: not known yet. `wrong`: what is wrong with it, at `at` of the text, null where the place is not known. */
export type MarkingReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly view: MarkingView }
  | { readonly kind: 'wrong'; readonly message: string; readonly at: number | null };

const pauseMs = 150;

/** Reads the text as a marking of any scheme, after a pause in typing. */
export function useMarkingReading(text: string): MarkingReading {
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const isEmpty = text.trim() === '';
  const { data, error } = useRoute('markings.read', { text: asked }, { enabled: asked.trim() !== '' });
  if (isEmpty) return { kind: 'empty' };
  if (asked !== text) return { kind: 'reading' };
  if (error !== null) return { kind: 'wrong', message: error.message, at: isEngineError(error) ? faultAt(text, error.data) : null };
  if (data === undefined) return { kind: 'reading' };
  const { canonical, banner, portion, tone } = data;
  return { kind: 'read', view: { marking: canonical, banner, portion, tone } };
}
