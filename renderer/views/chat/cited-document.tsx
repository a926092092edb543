import { type ReactElement, useCallback, useMemo, useState } from 'react';
import Check from 'lucide-react/icons/check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import SquareArrowOutUpRight from 'lucide-react/icons/square-arrow-out-up-right';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { Citation } from '../../../preload/contract/domains/chat.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { DocumentHead, Reader, type ReaderMark, type Rendering, renderingsOf } from '../../lib/reader/index.tsx';
import { Button, EmptyPane, Icon, IconButton, Pane, PaneHead, PaneSub, Spacer, Text } from '../../ui/index.ts';
import { nearWords } from './answer-layout.ts';
import css from './cited-document.module.css';

/** Props of CitedDocument. `citations` are those of one answer that can be opened, in order; `current` is one of them. */
export interface CitedDocumentProps {
  case: CaseId;
  citations: readonly Citation[];
  current: Citation | null;
  onStep: (by: 1 | -1) => void;
  onOpen: (number: number) => void;
  onClose: () => void;
  /** Shows what was sent for the open row; null where no model said it. */
  onShowSent: (() => void) | null;
}

/** The document of the open citation, at its quote. */
export function CitedDocument(props: CitedDocumentProps): ReactElement {
  if (props.current !== null) return <OpenCitedDocument {...props} current={props.current} />;
  return (
    <Pane label="Cited document" as="article">
      <PaneHead />
      <div className={css.empty}><EmptyPane>A citation opens its document here, at the quote.</EmptyPane></div>
    </Pane>
  );
}

function OpenCitedDocument({ case: caseId, citations, current, onStep, onOpen, onClose, onShowSent }: CitedDocumentProps & { current: Citation }): ReactElement {
  // An attachment opened from the cited document is shown until the next citation is.
  const [aside, setAside] = useState<{ from: Citation; document: DocumentId } | null>(null);
  const document = aside?.from === current ? aside.document : current.document;
  const detail = useRoute('documents.get', { case: caseId, document }).data;
  const [chosen, setChosen] = useState<{ document: DocumentId; rendering: Rendering } | null>(null);
  const rendering = chosen?.document === document ? chosen.rendering : detail === undefined ? 'text' : renderingsOf(detail)[0] ?? 'text';
  const setRendering = useCallback((next: Rendering) => setChosen({ document, rendering: next }), [document]);

  const marks = useMemo(
    () => citations.filter((citation) => citation.document === document).map((citation): ReaderMark => ({
      id: String(citation.number), start: citation.start, end: citation.end, kind: 'quote', tag: String(citation.number), label: `Citation ${citation.number}`,
    })),
    [citations, document],
  );
  const isAtQuote = document === current.document;
  const { openDocument } = useNavigation.getState();
  const place = { document, span: isAtQuote ? { start: current.start, end: current.end } : null };
  return (
    <Pane label="Cited document" tone="document" as="article">
      <DocumentHead case={caseId} document={document} rendering={rendering} onRendering={setRendering} onClose={onClose}
        actions={<Button size="sm" variant="ghost" icon={SquareArrowOutUpRight} onPress={() => openDocument(place, 'triage')}>Open in triage</Button>} />
      <PaneSub label="Citations">
        <span className={css.number} aria-hidden="true">{current.number}</span>
        {isAtQuote
          ? <><Text size="small">{current.page === null ? 'Quote' : `Page ${current.page}`}{current.ocr !== undefined && `, read by OCR, confidence ${current.ocr} %`}</Text><Text size="small" tone="ok"><Icon glyph={Check} size={14} /> {current.score === null ? 'word for word' : nearWords(current.score)}</Text></>
          : <Text size="small" tone={2}>Opened from the cited document</Text>}
        {onShowSent !== null && <Button size="sm" variant="ghost" keys={['W']} onPress={onShowSent}>What was sent</Button>}
        <Spacer />
        <Text size="small" tone={3} isNumeric>{citations.indexOf(current) + 1} of {citations.length} {citations.length === 1 ? 'citation' : 'citations'}</Text>
        <IconButton size="sm" label="Previous citation" icon={ChevronUp} keys={['Shift', 'T']} onPress={() => onStep(-1)} />
        <IconButton size="sm" label="Next citation" icon={ChevronDown} keys={['T']} onPress={() => onStep(1)} />
      </PaneSub>
      <Reader case={caseId} document={document} rendering={rendering} marks={marks} currentMark={isAtQuote ? String(current.number) : null} goTo={null}
        onMark={(id) => onOpen(Number(id))} onOpenDocument={(next) => setAside({ from: current, document: next })} />
    </Pane>
  );
}
