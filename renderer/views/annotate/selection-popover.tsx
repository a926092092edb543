import { type KeyboardEvent, type MouseEvent, type ReactElement, type Ref, useLayoutEffect, useRef, useState } from 'react';
import type { Label } from '../../../preload/contract/domains/annotations.ts';
import { Button, Chip, KeyCaps, LabelTag, Notice, TextArea } from '../../ui/index.ts';
import { labelLook, slotOf } from './annotation-marks.ts';
import css from './selection-popover.module.css';
import type { AnnotatingFault } from './use-annotating.ts';

const gapPx = 8;
const edgePx = 28;

/** Props of SelectionPopover. `rect` is where the selection stands on the screen. */
export interface SelectionPopoverProps {
  rect: DOMRect;
  labels: readonly Label[];
  pen: string;
  note: string;
  onNote: (note: string) => void;
  onLabel: (label: string) => void;
  onClose: () => void;
  /** The note has the focus: the page's own selection is gone, and the span is drawn as a mark from now on. */
  onHold: () => void;
  isBusy: boolean;
  fault: AnnotatingFault | null;
  boxRef: Ref<HTMLDivElement>;
  noteRef: Ref<HTMLTextAreaElement>;
}

/** Beside the selected text: a label by one press, a note with it. It does not take the focus by itself. */
export function SelectionPopover({ rect, labels, pen, note, onNote, onLabel, onClose, onHold, isBusy, fault, boxRef, noteRef }: SelectionPopoverProps): ReactElement {
  const frameRef = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const frame = frameRef.current;
    if (frame === null) return;
    const { width, height } = frame.getBoundingClientRect();
    const below = rect.bottom + gapPx;
    const top = below + height > window.innerHeight - edgePx ? rect.top - height - gapPx : below;
    setPlace({
      left: Math.max(gapPx, Math.min(rect.left, window.innerWidth - width - gapPx)),
      top: Math.max(edgePx, Math.min(top, window.innerHeight - height - edgePx)),
    });
  }, [rect, fault]);
  // A press on a button must not give up the selection that the button is about.
  const keepSelection = (event: MouseEvent): void => { if (!(event.target instanceof HTMLTextAreaElement)) event.preventDefault(); };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onLabel(pen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={frameRef} role="presentation" className={css.frame} onMouseDown={keepSelection} onKeyDown={onKeyDown} style={{ left: place?.left ?? rect.left, top: place?.top ?? rect.bottom, visibility: place === null ? 'hidden' : 'visible' }}>
      <div ref={boxRef} role="dialog" aria-label="Mark the selected text" className={css.box}>
        <div className={css.labels} role="group" aria-label="Labels">
          {labels.map((label) => (
            <Chip key={label.label} variant="plain" onPress={() => { if (!isBusy) onLabel(label.label); }}>
              <KeyCaps keys={[String(label.slot)]} isDecorative /> <LabelTag kind={slotOf(label)} text={label.tag} /> {label.name}
            </Chip>
          ))}
        </div>
        <TextArea label="Note" keys={['C']} value={note} onChange={onNote} inputRef={noteRef} rows={2} maxLength={100_000} onFocus={onHold} placeholder="Optional" />
        {fault !== null && <Notice kind="danger" live="alert" meaning="Your selection is kept.">{fault.said} {fault.why}</Notice>}
        <div className={css.foot}>
          <Button size="sm" variant="ghost" keys={['Esc']} onPress={onClose}>Cancel</Button>
          <Button size="sm" variant="primary" keys={['Ctrl', 'Enter']} isDisabled={isBusy} onPress={() => onLabel(pen)}>{isBusy ? 'Saving' : `Mark as ${labelLook(labels, pen).name}`}</Button>
        </div>
      </div>
    </div>
  );
}
