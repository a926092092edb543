export interface FoundSpan { readonly start: number; readonly end: number; readonly type: string; readonly text: string; readonly value: string }
export interface Restorer { readonly push: (text: string) => string; readonly end: () => string }
export interface Pseudonyms { readonly replace: (text: string, spans: readonly FoundSpan[]) => string; readonly list: () => readonly { readonly standIn: string; readonly original: string; readonly type: string }[]; readonly createRestorer: () => Restorer }
export const findPersonalData = (_text: string): FoundSpan[] => [];
export const createPseudonyms = (): Pseudonyms => ({ replace: (text) => text, list: () => [], createRestorer: () => ({ push: (text) => text, end: () => '' }) });
