import { type ReactElement, useCallback, useEffect, useState } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { SetSource } from '../../../preload/contract/domains/sets.ts';
import { chooseAndAdd } from '../../lib/add-files.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { numberText } from '../../lib/document-words.ts';
import { count } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useOpenSet } from '../../lib/open-set.ts';
import { type DrawnRange, useSetRows } from '../../lib/set-rows.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, EmptyPane, Group, Notice, Pane, PaneBody, PaneHead, PaneTitle, Portion, Row, Skeleton, SkeletonRow, Spacer, Text, VirtualList, VisuallyHidden } from '../../ui/index.ts';
import css from './document-list.module.css';

const everything: SetSource = { kind: 'queue', coding: 'any', types: [], order: 'ingested' };
const topRange: DrawnRange = { start: 0, end: 0 };

/** What the document list of the case knows, for its pane and its keys. */
export interface DocumentList {
  readonly set: ReturnType<typeof useOpenSet>;
  readonly rows: ReturnType<typeof useSetRows>;
  readonly selectedIndex: number | null;
  readonly select: (index: number) => void;
  readonly drawn: DrawnRange;
  readonly setDrawn: (range: DrawnRange) => void;
}

/** Every document of the case in the order it came in, and which of them is open. `documents` is the case's own count. */
export function useDocumentList(caseId: CaseId, open: DocumentId | null, documents: number): DocumentList {
  const set = useOpenSet(caseId, everything);
  const [drawn, setDrawn] = useState(topRange);
  const rows = useSetRows(set.set, drawn);
  const [selectedIndex, setSelectedIndex] = useState<number | null>(null);
  const { reopen } = set;
  const setId = set.set?.set;

  // A set is a snapshot. One that was taken before the first files came is taken again; a longer one must not jump.
  const isEarly = set.set !== null && set.set.total === 0 && documents > 0 && !set.isOpening;
  const isLost = isEngineError(rows.error, 'case.unknown-set');
  useEffect(() => { if (isEarly || isLost) reopen(); }, [isEarly, isLost, reopen, documents]);

  useEffect(() => {
    if (setId === undefined || open === null) return;
    const controller = new AbortController();
    call('sets.position', { case: caseId, set: setId, document: open }, { signal: controller.signal }).then(
      ({ index }) => setSelectedIndex(index),
      (fault: unknown) => { if (!controller.signal.aborted) console.error('The place of the document in the list is not known.', fault); },
    );
    return () => controller.abort(new DOMException('Another document was opened.', 'AbortError'));
  }, [caseId, setId, open]);

  const [wanted, setWanted] = useState<number | null>(null);
  const wantedDocument = wanted === null ? undefined : rows.rowAt(wanted)?.document;
  useEffect(() => {
    if (wantedDocument === undefined) return;
    setWanted(null);
    if (useNavigation.getState().place?.document !== wantedDocument) useNavigation.getState().openDocument({ document: wantedDocument, span: null });
  }, [wantedDocument]);
  const select = useCallback((index: number) => {
    setSelectedIndex(index);
    setWanted(index);
  }, []);
  return { set, rows, selectedIndex, select, drawn, setDrawn };
}

/** The pane of that list: title, number, portion, and how many annotations each has. */
export function DocumentListPane({ list, onOpen }: { list: DocumentList; onOpen: () => void }): ReactElement {
  const { set: { set, error, reopen }, rows, selectedIndex, select, setDrawn } = list;
  const fault = error ?? rows.error;
  const draw = useCallback((start: number, end: number) => setDrawn({ start, end }), [setDrawn]);
  return (
    <Pane label="Documents">
      <PaneHead>
        <PaneTitle level={1}>Documents</PaneTitle>
        <Spacer />
        {set !== null && <Text size="small" tone={3} isNumeric>{count(set.total)}</Text>}
      </PaneHead>
      {fault !== null && <Notice kind="danger" meaning="They are kept in the case." action={<Button size="sm" onPress={error === null ? rows.retry : reopen}>Try again</Button>}>The documents could not be listed.</Notice>}
      {set === null && fault === null && <PaneBody><Group><Skeleton label="Opening the documents" isLabelHidden /></Group></PaneBody>}
      {set !== null && set.total === 0 && (
        <PaneBody>
          <EmptyPane>Nothing to annotate yet.</EmptyPane>
          <div className={css.add}><Button onPress={() => void chooseAndAdd('folders')} keys={['Ctrl', 'O']}>Add a folder</Button></div>
        </PaneBody>
      )}
      {set !== null && set.total > 0 && (
        <VirtualList key={set.set} label="Documents" count={set.total} rowHeight={48} selectedIndex={selectedIndex} onSelect={select} onActivate={onOpen} onVisibleRange={draw}
          renderRow={(index) => {
            const row = rows.rowAt(index);
            if (row === undefined) return <SkeletonRow />;
            return (
              <Row title={visibleLine(row.title)} side={row.annotations > 0 ? <>{count(row.annotations)}<VisuallyHidden> annotations</VisuallyHidden></> : undefined}
                detail={<Text isMono>{numberText(row.number)}</Text>} detailSide={<Portion text={row.portion} />} />
            );
          }} />
      )}
    </Pane>
  );
}
