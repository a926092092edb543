/** Where the window is: its view, its case, the document in front of the reader. Only the window knows these. */
import { create } from 'zustand';
import type { ChatScope } from '../../preload/contract/domains/chat.ts';
import type { CaseId, DocumentId, EndpointId, Span } from '../../preload/contract/domains/basics.ts';

export type View = 'triage' | 'search' | 'chat' | 'annotate' | 'ingest' | 'bulk' | 'audit' | 'settings';

/** A place in a document to stand at: a citation, an annotation, a hit. `page` helps a page view to go there first. */
export interface Place {
  readonly document: DocumentId;
  readonly span: Span | null;
}

export interface Navigation {
  readonly view: View;
  readonly case: CaseId | null;
  /** The document open in triage, search and annotate; null when none is. */
  readonly place: Place | null;
  /** The query last run in search, whose hits are highlighted in every view. */
  readonly query: string;
  /** A question that another view wants asked (Q on a selection); chat takes it and sets null. */
  readonly pendingQuestion: string | null;
  /** What that question is to be asked of; null leaves it as it is. */
  readonly pendingScope: ChatScope | null;
  /** Who answers questions; null is the extractive reader, which every case begins with. */
  readonly endpoint: EndpointId | null;
  readonly listFolded: boolean;
  readonly workFolded: boolean;
}

interface NavigationActions {
  readonly goTo: (view: View) => void;
  readonly openCase: (id: CaseId | null) => void;
  /** Opens a document, at a span if given, and switches to `view` if given. */
  readonly openDocument: (place: Place, view?: View) => void;
  readonly setQuery: (query: string) => void;
  readonly ask: (question: string | null, scope?: ChatScope) => void;
  readonly chooseEndpoint: (endpoint: EndpointId | null) => void;
  readonly foldList: (folded: boolean) => void;
  readonly foldWork: (folded: boolean) => void;
}

/** The window's navigation state. Read a part of it: `useNavigation((state) => state.view)`. */
export const useNavigation = create<Navigation & NavigationActions>((set) => ({
  view: 'triage',
  case: null,
  place: null,
  query: '',
  pendingQuestion: null,
  pendingScope: null,
  endpoint: null,
  listFolded: false,
  workFolded: false,
  goTo: (view) => set({ view }),
  openCase: (id) => set({ case: id, place: null, query: '', view: 'triage', endpoint: null }),
  openDocument: (place, view) => set(view === undefined ? { place } : { place, view }),
  setQuery: (query) => set({ query }),
  ask: (question, scope) => set(question === null ? { pendingQuestion: null, pendingScope: null } : { pendingQuestion: question, pendingScope: scope ?? null, view: 'chat' }),
  chooseEndpoint: (endpoint) => set({ endpoint }),
  foldList: (folded) => set({ listFolded: folded }),
  foldWork: (folded) => set({ workFolded: folded }),
}));
