import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import { type ReactElement, useCallback, useEffect, useMemo, useState } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { typeNames } from '../../lib/document-words.ts';
import { count, counted } from '../../lib/format.ts';
import { useMarkCursor } from '../../lib/mark-cursor.ts';
import { type Place, useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { DocumentHead, Reader, type Rendering } from '../../lib/reader/index.tsx';
import { askAboutSelection } from '../../lib/ask-selection.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Chip, IconButton, Pane, PaneSub, Spacer, Swatch, Text } from '../../ui/index.ts';
import { useDocumentMarks } from './document-marks.ts';

/** Props of DocumentPane. */
export interface DocumentPaneProps {
  readonly case: CaseId;
  readonly place: Place;
  readonly onPrevious: () => void;
  readonly onNext: () => void;
}

/** The document in the middle, with its marks and the keys that go through them. */
export function DocumentPane({ case: caseId, place, onPrevious, onNext }: DocumentPaneProps): ReactElement {
  const { document, span } = place;
  const query = useNavigation((state) => state.query);
  const openDocument = useNavigation((state) => state.openDocument);
  const [rendering, setRendering] = useState<Rendering>('text');
  const detail = useRoute('documents.get', { case: caseId, document }).data;
  const { marks, groups } = useDocumentMarks(caseId, document, detail?.state === 'text', query, span);
  const title = detail?.title;
  const ids = useMemo(() => marks.map((mark) => mark.id), [marks]);
  const { current, position, total, step, moveTo } = useMarkCursor(ids, `${document} ${query}`, false);
  useEffect(() => setRendering('text'), [document]);
  useCommands(useMemo((): readonly Command[] => [
    { id: 'triage.next-mark', name: 'Next mark', group: 'Document', keys: ['T'], enabled: total > 0, run: () => step(1) },
    { id: 'triage.previous-mark', name: 'Previous mark', group: 'Document', keys: ['Shift+T'], enabled: total > 0, run: () => step(-1) },
    { id: 'triage.annotate', name: 'Mark up this document', group: 'Document', keys: ['M'], run: () => openDocument(place, 'annotate') },
    { id: 'triage.ask', name: 'Ask about what is selected', group: 'Everywhere', keys: ['Q'], run: () => askAboutSelection(title === undefined ? '' : `“${visibleLine(title)}” `) },
  ], [total, step, openDocument, place, title]));

  const goTo = useMemo(() => (span === null ? null : { start: span.start, end: span.end, nonce: 0 }), [span]);
  const open = useCallback((other: DocumentId) => openDocument({ document: other, span: null }), [openDocument]);
  return (
    <Pane label="Document" tone="document" as="article">
      <DocumentHead case={caseId} document={document} rendering={rendering} onRendering={setRendering} onPrevious={onPrevious} onNext={onNext} />
      <PaneSub label="Marks">
        {groups.map((group) => <Chip key={group.group} variant="plain"><Swatch group={group.group} /> {visibleLine(group.words)} {count(group.count)}</Chip>)}
        {groups.length === 0 && detail !== undefined && <Text size="small" tone={3} isClipped>{typeNames[detail.type]} · {visibleLine(detail.path)}</Text>}
        <Spacer />
        {total > 0 && (
          <>
            <Text size="small" tone={3} isNumeric>{position === null ? counted(total, 'mark') : `${count(position + 1)} of ${count(total)}`}</Text>
            <IconButton label="Previous mark" icon={ChevronUp} size="sm" keys={['Shift', 'T']} onPress={() => step(-1)} />
            <IconButton label="Next mark" icon={ChevronDown} size="sm" keys={['T']} onPress={() => step(1)} />
          </>
        )}
      </PaneSub>
      <Reader case={caseId} document={document} rendering={rendering} marks={marks} currentMark={current} goTo={goTo} onMark={moveTo} onOpenDocument={open} />
    </Pane>
  );
}
