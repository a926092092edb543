import { type ReactElement, type ReactNode, useCallback, useMemo, useState } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import Highlighter from 'lucide-react/icons/highlighter';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { ReadPart } from '../../../preload/contract/domains/sets.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { verdictGlyph, verdictName } from '../../lib/document-words.ts';
import { count } from '../../lib/format.ts';
import { useMarkCursor } from '../../lib/mark-cursor.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { DocumentHead, Reader, type ReaderMark, type Rendering, renderingsOf } from '../../lib/reader/index.tsx';
import { Button, EmptyPane, Icon, IconButton, Pane, PaneHead, PaneSub, Spacer, Swatch, Text } from '../../ui/index.ts';
import css from './hit-document.module.css';
import { termsByGroup } from './hit-groups.ts';

/** Props of HitDocument. `document` is null while no result is chosen. */
export interface HitDocumentProps {
  case: CaseId;
  document: DocumentId | null;
  query: string;
  parts: readonly ReadPart[];
  onOpenDocument: (document: DocumentId) => void;
  /** Shown above the text: what went wrong with the last key. */
  notice: ReactNode;
}

/** The chosen result with its hits, T walking from one to the next. */
export function HitDocument(props: HitDocumentProps): ReactElement {
  const { document } = props;
  if (document !== null) return <OpenHit {...props} document={document} />;
  return (
    <Pane label="Document" as="article">
      <PaneHead />
      <div className={css.empty}><EmptyPane>The chosen document opens here.</EmptyPane></div>
    </Pane>
  );
}

function OpenHit({ case: caseId, document, query, parts, onOpenDocument, notice }: HitDocumentProps & { document: DocumentId }): ReactElement {
  const detail = useRoute('documents.get', { case: caseId, document }).data;
  const highlights = useRoute('search.highlights', { case: caseId, document, query }, { enabled: query !== '' });
  const hits = highlights.data?.hits;
  const place = useNavigation((state) => state.place);
  const [chosen, setChosen] = useState<{ document: DocumentId; rendering: Rendering } | null>(null);
  const rendering = chosen?.document === document ? chosen.rendering : detail === undefined ? 'text' : renderingsOf(detail)[0] ?? 'text';
  const setRendering = useCallback((next: Rendering) => setChosen({ document, rendering: next }), [document]);

  const span = place?.document === document ? place.span : null;
  const marks = useMemo((): readonly ReaderMark[] => [
    ...(hits ?? []).map((hit, index): ReaderMark => ({ id: `hit-${index}`, start: hit.start, end: hit.end, kind: hit.group === 2 ? 'hit-2' : hit.group === 3 ? 'hit-3' : 'hit-1', label: `Hit ${index + 1} of ${hits?.length ?? 0}` })),
    ...(span === null ? [] : [{ id: 'place', start: span.start, end: span.end, kind: 'quote', label: 'The passage asked for' } satisfies ReaderMark]),
  ], [hits, span]);
  const hitIds = useMemo(() => marks.filter((mark) => mark.id !== 'place').map((mark) => mark.id), [marks]);
  const cursor = useMarkCursor(hitIds, `${document} ${query}`, span === null);
  const { step, moveTo } = cursor;
  const target = useMemo(() => (span === null ? null : { ...span, nonce: 1 }), [span]);
  const commands = useMemo((): readonly Command[] => [
    { id: 'search.next-hit', name: 'Next hit', group: 'Document', keys: ['T'], enabled: hitIds.length > 0, run: () => step(1) },
    { id: 'search.previous-hit', name: 'Previous hit', group: 'Document', keys: ['Shift+T'], enabled: hitIds.length > 0, run: () => step(-1) },
  ], [step, hitIds.length]);
  useCommands(commands);

  const { openDocument } = useNavigation.getState();
  const actions = (
    <>
      {detail !== undefined && <span className={css.verdict} title={verdictName(detail.verdict)}><Icon glyph={verdictGlyph(detail.verdict)} /><span className={css.word}>{verdictName(detail.verdict)}</span></span>}
      <Button size="sm" variant="ghost" icon={Highlighter} keys={['M']} onPress={() => openDocument({ document, span: null }, 'annotate')}><span className={css.action}>Mark up</span></Button>
    </>
  );
  return (
    <Pane label="Document" tone="document" as="article">
      <div className={css.head}><DocumentHead case={caseId} document={document} rendering={rendering} onRendering={setRendering} actions={actions} /></div>
      {query !== '' && (
        <PaneSub label="Hits">
          {termsByGroup(parts).map(({ group, terms }) => (
            <Text key={group} size="small" tone={2} isClipped><Swatch group={group} /> {terms.join(', ')} {hits !== undefined && count(hits.filter((hit) => hit.group === group).length)}</Text>
          ))}
          <Spacer />
          {hits !== undefined && <Text size="small" tone={3} isNumeric>{hits.length === 0 ? 'no hit in the text' : `${count((cursor.position ?? -1) + 1)} of ${count(hits.length)}`}</Text>}
          {highlights.error !== null && <Text size="small" tone="danger">the hits could not be marked</Text>}
          <IconButton size="sm" label="Previous hit" icon={ChevronUp} keys={['Shift', 'T']} isDisabled={hitIds.length === 0} onPress={() => step(-1)} />
          <IconButton size="sm" label="Next hit" icon={ChevronDown} keys={['T']} isDisabled={hitIds.length === 0} onPress={() => step(1)} />
        </PaneSub>
      )}
      {notice}
      <Reader case={caseId} document={document} rendering={rendering} marks={marks} currentMark={cursor.current} goTo={target}
        onMark={moveTo} onOpenDocument={onOpenDocument} />
    </Pane>
  );
}
