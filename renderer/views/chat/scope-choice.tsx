import { useQueries } from '@tanstack/react-query';
import { type ReactElement, useMemo } from 'react';
import Files from 'lucide-react/icons/files';
import FileText from 'lucide-react/icons/file-text';
import Search from 'lucide-react/icons/search';
import TextSelect from 'lucide-react/icons/text-select';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { ChatScope } from '../../../preload/contract/domains/chat.ts';
import { call } from '../../lib/client.ts';
import { numberText } from '../../lib/document-words.ts';
import { counted } from '../../lib/format.ts';
import { useMarked } from '../../lib/marked-documents.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { keyOf } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Select, type SelectOption } from '../../ui/index.ts';
import { useChatState } from './chat-state.ts';

const glyphs = { case: Files, search: Search, documents: FileText, span: TextSelect } as const;
const longestUnits = 28;
const short = (text: string): string => (text.length > longestUnits ? `${text.slice(0, longestUnits - 1)}…` : text);

/** One thing that may be asked of. */
interface Choice {
  readonly id: string;
  readonly scope: ChatScope;
  readonly text: string;
  readonly detail: string;
}

/** What a scope is called that none of the choices at hand is. */
function wordsOf(scope: ChatScope): Pick<Choice, 'text' | 'detail'> {
  switch (scope.kind) {
    case 'case': return { text: 'Whole case', detail: '' };
    case 'search': return { text: short(visibleLine(scope.query)), detail: 'an earlier search' };
    case 'documents': return { text: counted(scope.documents.length, 'document'), detail: 'chosen before' };
    case 'span': return { text: 'Selected passage', detail: 'chosen before' };
  }
}

/** What a question is asked of: the whole case, the last search, what was marked or selected, the document that is open, or the passage that is open in it. */
export function ScopeChoice({ case: caseId, documents }: { case: CaseId; documents: number }): ReactElement {
  const scope = useChatState((state) => state.scope);
  const isOpen = useChatState((state) => state.isScoping);
  const query = useNavigation((state) => state.query).trim();
  const place = useNavigation((state) => state.place);
  const marked = useMarked((state) => state.documents);
  const inputs = place === null ? [] : [{ case: caseId, document: place.document }];
  const [answer] = useQueries({ queries: inputs.map((input) => ({ queryKey: keyOf('documents.get', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('documents.get', input, { signal }) })) });
  const detail = answer?.data;
  const { choices, value } = useMemo(() => {
    const all: Choice[] = [{ id: 'case', scope: { kind: 'case' }, text: counted(documents, 'document'), detail: 'the whole case' }];
    if (query !== '') all.push({ id: 'search', scope: { kind: 'search', query }, text: short(visibleLine(query)), detail: 'the last search' });
    if (marked.length > 0) all.push({ id: 'marked', scope: { kind: 'documents', documents: [...marked] }, text: counted(marked.length, 'document'), detail: 'marked' });
    if (place !== null && detail !== undefined) {
      all.push({ id: 'document', scope: { kind: 'documents', documents: [place.document] }, text: `${numberText(detail.number)} ${short(visibleLine(detail.title))}`, detail: 'the open document' });
      if (place.span !== null) all.push({ id: 'span', scope: { kind: 'span', document: place.document, start: place.span.start, end: place.span.end }, text: `Passage of ${numberText(detail.number)}`, detail: 'the open passage' });
    }
    const same = JSON.stringify(scope);
    const known = all.find((choice) => JSON.stringify(choice.scope) === same);
    if (known === undefined) all.push({ id: 'chosen', scope, ...(scope.kind === 'span' && scope.document === place?.document && detail !== undefined ? { text: `Passage of ${numberText(detail.number)}`, detail: 'the selected passage' } : wordsOf(scope)) });
    return { choices: all, value: known?.id ?? 'chosen' };
  }, [documents, query, marked, place, detail, scope]);
  const options = choices.map((choice): SelectOption<string> => ({ id: choice.id, text: choice.text, detail: choice.detail, icon: glyphs[choice.scope.kind] }));
  const choose = (id: string): void => useChatState.setState({ scope: choices.find((choice) => choice.id === id)?.scope ?? { kind: 'case' } });
  return (
    <Select label="What is asked of" variant="chip" icon={glyphs[scope.kind]} options={options} value={value} onChange={choose}
      isOpen={isOpen} onOpenChange={(isScoping) => useChatState.setState({ isScoping })} />
  );
}
