import type { ReactElement } from 'react';
import type { DocumentId, Span } from '../../../preload/contract/domains/basics.ts';
import type { AllowedWay, Refusal as RefusalData } from '../../../preload/contract/domains/chat.ts';
import { count, counted } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Notice, Portion, Refusal, type RefusalLine } from '../../ui/index.ts';
import type { Problem } from './chat-state.ts';

/** Props of ProblemStrip. */
export interface ProblemStripProps {
  problem: Problem;
  onAskReader: () => void;
  onAskAgain: () => void;
  /** Takes one of the ways that a refusal names. */
  onWay: (way: AllowedWay) => void;
  onOpenDocument: (document: DocumentId, span: Span | null) => void;
}

/** Why the question in the composer below has no answer, and the ways on. */
export function ProblemStrip({ problem, onAskReader, onAskAgain, onWay, onOpenDocument }: ProblemStripProps): ReactElement {
  const askReader = <Button size="sm" onPress={onAskReader}>Ask the extractive reader instead</Button>;
  switch (problem.kind) {
    case 'refused': {
      const { refusal } = problem;
      return (
        <Refusal
          title={`Not sent to ${visibleLine(problem.endpointName)}. Nothing left this laptop.`}
          aside={refusal !== null && refusal.record !== null && `Audit record ${count(refusal.record)}`}
          lines={refusal === null
            ? [{ id: 'rule', term: 'Rule', text: problem.sentence }, { id: 'allowed', term: 'Allowed', text: 'The extractive reader, on this laptop', action: askReader }]
            : refusalLines(refusal, onWay, onOpenDocument)}
        />
      );
    }
    case 'not-as-shown':
      return <Notice kind="warn" live="alert" meaning="Nothing left this laptop, and your question is kept." action={<Button size="sm" onPress={onAskAgain}>Show it again</Button>}>What would leave has changed since it was shown.</Notice>;
    case 'endpoint-failed':
      return (
        <Notice kind="danger" live="alert" meaning="Your question is kept." action={askReader}>
          {problem.isUnreachable ? `${visibleLine(problem.endpointName)} does not answer.` : `${visibleLine(problem.endpointName)} gave no answer: ${visibleLine(problem.sentence)}`}
        </Notice>
      );
    case 'failed':
      return <Notice kind="danger" live="alert" meaning="Your question is kept." action={<Button size="sm" onPress={onAskAgain}>Ask again</Button>}>The question could not be answered: {problem.sentence}</Notice>;
  }
}

function buttonText(way: AllowedWay): string {
  switch (way.kind) {
    case 'leave-out': return `Leave out ${count(way.passages.length)} and send`;
    case 'endpoint':
    case 'reader':
      return 'Ask it instead';
    case 'mark-question': return 'Mark the question';
    case 'settle-marks': return 'Look at the marks';
    case 'replace-personal-data': return 'Replace and send';
  }
}

function refusalLines({ rule, portion, refused, allowed }: RefusalData, onWay: ProblemStripProps['onWay'], onOpenDocument: ProblemStripProps['onOpenDocument']): readonly RefusalLine[] {
  const { document, start, end } = portion;
  const more = refused > 1 ? `, and ${counted(refused - 1, 'more portion')}` : '';
  return [
    { id: 'rule', term: 'Rule', text: rule },
    {
      id: 'portion', term: 'Portion', text: <><Portion text={portion.portionMark} /> {visibleLine(portion.label)}{portion.isWaiting && ', by a mark in its text that nobody has accepted or dismissed'}{more}</>,
      action: document !== null && <Button size="sm" variant="ghost" onPress={() => onOpenDocument(document, start === null || end === null ? null : { start, end })}>Open it</Button>,
    },
    ...allowed.map((way, index): RefusalLine => ({ id: `allowed-${index}`, term: index === 0 ? 'Allowed' : null, text: visibleLine(way.text), action: <Button size="sm" onPress={() => onWay(way)}>{buttonText(way)}</Button> })),
  ];
}
