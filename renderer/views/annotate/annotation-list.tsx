import { type ReactElement, useCallback, useState } from 'react';
import MessageSquare from 'lucide-react/icons/message-square';
import Unlink from 'lucide-react/icons/unlink';
import type { Annotation, Label } from '../../../preload/contract/domains/annotations.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { numberText } from '../../lib/document-words.ts';
import { counted } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import type { DrawnRange } from '../../lib/set-rows.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, EmptyPane, Group, Icon, LabelTag, Notice, PaneBody, PaneSub, Row, Select, Skeleton, SkeletonRow, Spacer, Text, VirtualList, VisuallyHidden } from '../../ui/index.ts';
import { useAnnotateState } from './annotate-state.ts';
import { labelLook, quoteLine } from './annotation-marks.ts';
import css from './annotation-list.module.css';
import { type KnownAnnotations, useCaseAnnotations } from './use-annotations.ts';

const topRange: DrawnRange = { start: 0, end: 0 };

function Fault({ known }: { known: KnownAnnotations }): ReactElement | null {
  if (known.error === null) return null;
  return <Notice kind="danger" meaning="They are kept in the case." action={<Button size="sm" onPress={known.retry}>Try again</Button>}>The annotations could not be listed.</Notice>;
}

/** Props of DocumentAnnotations. */
export interface DocumentAnnotationsProps {
  known: KnownAnnotations & { readonly annotations: readonly Annotation[] };
  labels: readonly Label[];
  hasDocument: boolean;
  /** Enter: on to the text. */
  onGo: () => void;
}

/** The annotations of the open document in text order, one line each. */
export function DocumentAnnotations({ known, labels, hasDocument, onGo }: DocumentAnnotationsProps): ReactElement {
  const selected = useAnnotateState((state) => state.selected);
  const { annotations, total } = known;
  const index = annotations.findIndex((annotation) => annotation.annotation === selected);
  if (!hasDocument) return <EmptyPane>The annotations of the open document are listed here.</EmptyPane>;
  return (
    <>
      <Fault known={known} />
      {total === undefined && known.error === null && <PaneBody><Group><Skeleton label="Opening the annotations" isLabelHidden /></Group></PaneBody>}
      {total === 0 && <EmptyPane>No annotations yet. Select text in the document, then press 1 to 6.</EmptyPane>}
      {annotations.length > 0 && (
        <VirtualList label="Annotations of this document" count={annotations.length} rowHeight={28} selectedIndex={index < 0 ? null : index}
          onSelect={(at) => useAnnotateState.setState({ selected: annotations[at]?.annotation ?? null })} onActivate={onGo}
          renderRow={(at) => {
            const annotation = annotations[at];
            return annotation === undefined ? null : <AnnotationLine annotation={annotation} labels={labels} />;
          }} />
      )}
    </>
  );
}

function AnnotationLine({ annotation, labels }: { annotation: Annotation; labels: readonly Label[] }): ReactElement {
  const { tag, slot, name } = labelLook(labels, annotation.label);
  return (
    <div className={css.line}>
      <span className={css.tag}><span aria-hidden="true"><LabelTag kind={slot} text={tag} /></span><VisuallyHidden>{name}</VisuallyHidden></span>
      <span className={css.quote}>{quoteLine(annotation)}</span>
      <Signs annotation={annotation} />
    </div>
  );
}

function Signs({ annotation }: { annotation: Annotation }): ReactElement {
  return (
    <>
      {annotation.anchor !== 'exact' && <Text size="small" tone="warn"><Icon glyph={Unlink} size={14} /> {annotation.anchor}</Text>}
      {annotation.note !== '' && <span className={css.sign}><Icon glyph={MessageSquare} size={14} tone="quiet" /><VisuallyHidden>has a note</VisuallyHidden></span>}
    </>
  );
}

/** Every annotation of the case by document, narrowed by label; choosing one opens its document there. */
export function CaseAnnotations({ case: caseId, labels, onGo }: { case: CaseId; labels: readonly Label[]; onGo: () => void }): ReactElement {
  const selected = useAnnotateState((state) => state.selected);
  const label = useAnnotateState((state) => state.caseLabel);
  const [drawn, setDrawn] = useState(topRange);
  const [index, setIndex] = useState<number | null>(null);
  const known = useCaseAnnotations(caseId, label, drawn);
  const draw = useCallback((start: number, end: number) => setDrawn({ start, end }), []);
  const choose = (at: number): void => {
    setIndex(at);
    const annotation = known.annotationAt(at);
    if (annotation === undefined) return;
    useAnnotateState.setState({ selected: annotation.annotation });
    useNavigation.getState().openDocument({ document: annotation.document, span: null });
  };
  const shownIndex = index !== null && known.annotationAt(index)?.annotation === selected ? index : null;
  const options = [{ id: '', text: 'All labels' }, ...labels.map((one) => ({ id: one.label, text: one.name, detail: one.tag }))];
  return (
    <>
      <PaneSub>
        <Select label="Label" variant="chip" options={options} value={label ?? ''} onChange={(chosen) => { setIndex(null); useAnnotateState.setState({ caseLabel: chosen === '' ? null : chosen }); }} />
        <Spacer />
        {known.total !== undefined && <Text size="small" tone={3} isNumeric>{counted(known.total, 'annotation')}</Text>}
      </PaneSub>
      <Fault known={known} />
      {known.total === undefined && known.error === null && <PaneBody><Group><Skeleton label="Opening the annotations" isLabelHidden /></Group></PaneBody>}
      {known.total === 0 && <EmptyPane>{label === null ? 'Nothing in this case is marked yet.' : 'Nothing in this case has this label.'}</EmptyPane>}
      {known.total !== undefined && known.total > 0 && (
        <VirtualList key={label} label="Annotations across the case" count={known.total} rowHeight={48} selectedIndex={shownIndex} onSelect={choose} onActivate={onGo} onVisibleRange={draw}
          renderRow={(at) => {
            const annotation = known.annotationAt(at);
            return annotation === undefined ? <SkeletonRow /> : <CaseRow annotation={annotation} labels={labels} />;
          }} />
      )}
    </>
  );
}

function CaseRow({ annotation, labels }: { annotation: Annotation; labels: readonly Label[] }): ReactElement {
  const { tag, slot, name } = labelLook(labels, annotation.label);
  return (
    <Row
      title={<><span aria-hidden="true"><LabelTag kind={slot} text={tag} /></span><VisuallyHidden>{name}</VisuallyHidden> {quoteLine(annotation)}</>}
      side={<Signs annotation={annotation} />}
      detail={`${numberText(annotation.documentNumber)} · ${visibleLine(annotation.title)}`}
    />
  );
}
