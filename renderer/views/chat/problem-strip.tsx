import type { ReactElement } from 'react';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import { count } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Notice, Portion, Refusal, type RefusalLine } from '../../ui/index.ts';
import type { Problem } from './chat-state.ts';

/** Props of ProblemStrip. */
export interface ProblemStripProps {
  problem: Problem;
  onAskReader: () => void;
  onAskAgain: () => void;
  onOpenDocument: (document: DocumentId) => void;
}

/** Why the question in the composer below has no answer, and the ways on. */
export function ProblemStrip({ problem, onAskReader, onAskAgain, onOpenDocument }: ProblemStripProps): ReactElement {
  const askReader = <Button size="sm" onPress={onAskReader}>Ask the extractive reader instead</Button>;
  switch (problem.kind) {
    case 'refused':
      return (
        <Refusal
          title={`Not sent to ${visibleLine(problem.endpointName)}. Nothing left this laptop.`}
          aside={problem.refusal !== null && `Audit record ${count(problem.refusal.record)}`}
          lines={refusalLines(problem, askReader, onOpenDocument)}
        />
      );
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

function refusalLines(problem: Extract<Problem, { kind: 'refused' }>, askReader: ReactElement, onOpenDocument: (document: DocumentId) => void): readonly RefusalLine[] {
  const { refusal } = problem;
  if (refusal === null) return [{ id: 'rule', term: 'Rule', text: problem.sentence }, { id: 'allowed', term: 'Allowed', text: 'The extractive reader, on this laptop', action: askReader }];
  const { portion } = refusal;
  const { document } = portion;
  const allowed = refusal.allowed.length === 0 ? ['The extractive reader, on this laptop'] : refusal.allowed;
  return [
    { id: 'rule', term: 'Rule', text: refusal.rule },
    {
      id: 'portion', term: 'Portion', text: <><Portion text={portion.marking} /> {visibleLine(portion.label)}</>,
      action: document !== null && <Button size="sm" variant="ghost" onPress={() => onOpenDocument(document)}>Open it</Button>,
    },
    ...allowed.map((text, index): RefusalLine => ({ id: `allowed-${index}`, term: index === 0 ? 'Allowed' : null, text, ...(index === 0 && { action: askReader }) })),
  ];
}
