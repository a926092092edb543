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
import { useNavigation } from '../../lib/navigation.ts';
import { keyOf } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Select, type SelectOption } from '../../ui/index.ts';
import { useChatState } from './chat-state.ts';

type ScopeKind = ChatScope['kind'];
const glyphs = { case: Files, search: Search, documents: FileText, span: TextSelect } as const;
const longestUnits = 28;
const short = (text: string): string => (text.length > longestUnits ? `${text.slice(0, longestUnits - 1)}…` : text);

/** What a question is asked of: the whole case, the last search, the document that is open, or the passage that is open in it. */
export function ScopeChoice({ case: caseId, documents }: { case: CaseId; documents: number }): ReactElement {
  const scope = useChatState((state) => state.scope);
  const isOpen = useChatState((state) => state.isScoping);
  const query = useNavigation((state) => state.query).trim();
  const place = useNavigation((state) => state.place);
  const inputs = place === null ? [] : [{ case: caseId, document: place.document }];
  const [answer] = useQueries({ queries: inputs.map((input) => ({ queryKey: keyOf('documents.get', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('documents.get', input, { signal }) })) });
  const detail = answer?.data;
  const { options, scopes } = useMemo(() => {
    const known = new Map<ScopeKind, ChatScope>([['case', { kind: 'case' }]]);
    const shown: SelectOption<ScopeKind>[] = [{ id: 'case', text: counted(documents, 'document'), detail: 'the whole case', icon: Files }];
    if (query !== '') {
      known.set('search', { kind: 'search', query });
      shown.push({ id: 'search', text: short(visibleLine(query)), detail: 'the last search', icon: Search });
    }
    if (place !== null && detail !== undefined) {
      known.set('documents', { kind: 'documents', documents: [place.document] });
      shown.push({ id: 'documents', text: `${numberText(detail.number)} ${short(visibleLine(detail.title))}`, detail: 'the open document', icon: FileText });
      if (place.span !== null) {
        known.set('span', { kind: 'span', document: place.document, start: place.span.start, end: place.span.end });
        shown.push({ id: 'span', text: `Passage of ${numberText(detail.number)}`, detail: 'the open passage', icon: TextSelect });
      }
    }
    return { options: shown, scopes: known };
  }, [documents, query, place, detail]);
  const choose = (kind: ScopeKind): void => useChatState.setState({ scope: scopes.get(kind) ?? { kind: 'case' } });
  return (
    <Select label="What is asked of" variant="chip" icon={glyphs[scope.kind]} options={options} value={scope.kind} onChange={choose}
      isOpen={isOpen} onOpenChange={(isScoping) => useChatState.setState({ isScoping })} />
  );
}
