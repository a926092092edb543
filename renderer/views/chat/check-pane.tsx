import { type ReactElement, useEffect, useId, useRef } from 'react';
import CircleCheck from 'lucide-react/icons/circle-check';
import X from 'lucide-react/icons/x';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { CheckedText } from '../../../preload/contract/domains/chat.ts';
import { count, counted, duration } from '../../lib/format.ts';
import { Button, Icon, IconButton, Notice, PaneBody, PaneHead, PaneTitle, Portion, ProgressLine, Spacer, VisuallyHidden } from '../../ui/index.ts';
import { layoutSentence, oneLine } from './answer-layout.ts';
import { Sentence, Sources } from './answer-parts.tsx';
import type { Checking } from './chat-state.ts';
import { checkText, closeCheck, mostChars, stopCheck, writeText } from './check-text.ts';
import css from './check-pane.module.css';

/** Props of CheckPane. `openNumber` is the citation that is open at the right. */
export interface CheckPaneProps {
  case: CaseId;
  checking: Checking;
  openNumber: number | null;
  onOpen: (number: number) => void;
}

/** A text pasted from anywhere, and under it each of its sentences with what the case says of it. */
export function CheckPane({ case: caseId, checking: { text, running, checked, of, fault }, openNumber, onOpen }: CheckPaneProps): ReactElement {
  const hint = useId();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // The palette that led here gives the focus back first.
    const frame = requestAnimationFrame(() => fieldRef.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <>
      <PaneHead>
        <PaneTitle>Check text</PaneTitle>
        <Spacer />
        <IconButton label="Back to the conversation" icon={X} keys={['Esc']} onPress={closeCheck} />
      </PaneHead>
      <div className={css.entry}>
        <div className={css.box}>
          <textarea ref={fieldRef} className={css.field} aria-label="Text to check" aria-describedby={hint} rows={4} maxLength={mostChars} value={text} placeholder="Paste a text: a draft, an answer, a claim" onChange={(event) => writeText(event.target.value)} />
          <div className={css.tools}>
            <span id={hint} className={css.hint}>Each sentence is looked for in the whole case. Nothing is sent or kept.</span>
            <Spacer />
            {running === null
              ? <Button size="sm" variant="primary" keys={['Ctrl', 'Enter']} isDisabled={text.trim() === ''} onPress={() => void checkText(caseId)}>Check</Button>
              : <Button size="sm" onPress={stopCheck}>Stop</Button>}
          </div>
        </div>
      </div>
      <PaneBody label="Checked sentences">
        <div className={css.results}>
          {fault !== null && <Notice kind="danger" meaning="The text is still above.">Not checked: {fault}</Notice>}
          {running !== null && (
            <ProgressLine label="Checking" done={running.done} total={running.total} text={running.total === null ? 'Reading the text' : `Checking · ${count(running.done)} of ${counted(running.total, 'sentence')}`}
              valueText={running.total === null ? 'reading the text' : `${count(running.done)} of ${count(running.total)}`} />
          )}
          {running === null && checked !== null && of !== text && <p className={css.stale}>The text has changed since it was checked.</p>}
          {running === null && checked !== null && <Results checked={checked} openNumber={openNumber} onOpen={onOpen} />}
        </div>
      </PaneBody>
    </>
  );
}

/** "12 sentences: 7 supported, 2 partly, 3 unsupported" */
function tally({ sentences }: CheckedText): string {
  const claims = sentences.filter(({ isClaim }) => isClaim !== false);
  const of = (support: string): number => claims.filter((sentence) => sentence.support === support).length;
  return `${counted(claims.length, 'sentence')}: ${count(of('supported'))} supported, ${count(of('partly'))} partly, ${count(of('unsupported'))} unsupported`;
}

function Results({ checked, openNumber, onOpen }: { checked: CheckedText; openNumber: number | null; onOpen: (number: number) => void }): ReactElement {
  const { sentences, citations, coverage, marking, tookMs } = checked;
  const known = new Set(citations.map(({ number }) => number));
  return (
    <>
      <ol className={css.sentences} aria-label="Sentences">
        {sentences.map((sentence, index) => (
          <li key={index} className={css.sentence}>
            <Sentence sentence={layoutSentence({ ...sentence, text: oneLine(sentence.text) }, false, known)} citations={citations} openNumber={openNumber} onOpen={onOpen} />
            {sentence.support === 'supported' && <span className={css.supported}><Icon glyph={CircleCheck} size={14} /> Supported</span>}
          </li>
        ))}
      </ol>
      {citations.length > 0 && <Sources citations={citations} openNumber={openNumber} onOpen={onOpen} />}
      <p className={css.foot}>
        {tally(checked)}. {counted(coverage.documents, 'document')}, {count(coverage.withoutText)} without text, {counted(coverage.passages, 'sentence')} of them weighed. Checked by words, numbers, dates and names, no model · {duration(tookMs)} · <Portion text={marking.portion} />
      </p>
      <VisuallyHidden role="status">{tally(checked)}</VisuallyHidden>
    </>
  );
}
