import type { ReactElement } from 'react';
import ShieldHalf from 'lucide-react/icons/shield-half';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { Marking } from '../../../preload/contract/domains/basics.ts';
import { MarkingField } from '../../lib/marking-field.tsx';
import { useMarkingReading } from '../../lib/marking-reading.ts';
import { Button, Icon, Popover } from '../../ui/index.ts';
import css from './composer.module.css';
import { useChatState } from './chat-state.ts';

/** Props of QuestionMarking. */
export interface QuestionMarkingProps {
  /** The case's portion mark: what the question counts as while it has none. */
  readonly casePortion: string;
  readonly within: Marking | null;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** The question's own marking: without one it counts as its case, and an endpoint below the case is never sent it. */
export function QuestionMarking({ casePortion, within, isOpen, onOpenChange }: QuestionMarkingProps): ReactElement {
  const written = useChatState((state) => state.questionMarking);
  const reading = useMarkingReading(written);
  const words = written.trim() === '' ? casePortion : reading.kind === 'read' ? reading.view.portion : 'not read yet';
  const set = (questionMarking: string): void => useChatState.setState({ questionMarking });
  return (
    <Popover
      label="Marking of the question"
      placement="top start"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={<AriaButton className={css.chip ?? ''} aria-label={`Marking of the question, ${words}`}><Icon glyph={ShieldHalf} size={14} /><span className={css.portion}>{words}</span></AriaButton>}
    >
      {(close) => (
        <div className={css.marking}>
          <MarkingField label="Marking of the question" autoFocus value={written} onChange={set} within={within} hint={`You say what your own words are marked. Empty counts as the case, ${casePortion}.`} />
          <div className={css.markingFoot}>
            <Button size="sm" variant="ghost" isDisabled={written === ''} onPress={() => set('')}>As the case</Button>
            <Button size="sm" variant="primary" isDisabled={reading.kind === 'wrong'} onPress={close}>Done</Button>
          </div>
        </div>
      )}
    </Popover>
  );
}
