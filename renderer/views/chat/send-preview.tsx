import { type ReactElement, useState } from 'react';
import { counted } from '../../lib/format.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Checkbox, DetailList, Dialog, Handling, Portion } from '../../ui/index.ts';
import type { Shown } from './chat-state.ts';
import css from '../../lib/sent-text.module.css';
import { Replaced, SentText } from '../../lib/sent-text.tsx';

const loggingWords = { yes: 'yes, the server keeps prompts', no: 'no', unknown: 'not known' } as const;

/** Props of SendPreview. `onSend` is told whether the person wants to be shown the next one. */
export interface SendPreviewProps {
  readonly shown: Shown;
  readonly onSend: (isShownAgain: boolean) => void;
  readonly onClose: () => void;
}

/** Everything that a question would send outside, word for word, before it leaves. */
export function SendPreview({ shown: { preview }, onSend, onClose }: SendPreviewProps): ReactElement {
  const [isShownAgain, setShownAgain] = useState(true);
  useOnScreen([preview.rollUp]);
  const { endpoint, host, rollUp, ceiling, promptLogging, messages, portions, replaced } = preview;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="lg"
      title={`What leaves this laptop for ${visibleLine(endpoint)}`}
      aside={host}
      footer={(
        <>
          <span className={css.again}><Checkbox isSelected={!isShownAgain} onChange={(isOff) => setShownAgain(!isOff)}>Do not show it again for this endpoint until the case is closed</Checkbox></span>
          <Button size="lg" variant="ghost" onPress={onClose}>Do not send</Button>
          <Button size="lg" variant="primary" autoFocus onPress={() => onSend(isShownAgain)}>Send</Button>
        </>
      )}
    >
      <div className={css.columns}>
        <SentText messages={messages} label="What is sent" />
        <div className={css.facts}>
          <DetailList size="small" details={[
            { term: 'Roll-up', value: <Handling text={rollUp.banner} /> },
            { term: 'Ceiling', value: <Handling text={ceiling.banner} /> },
            { term: 'Kept there', value: loggingWords[promptLogging] },
          ]} />
          <h2 className={css.role}>{counted(portions.length, 'portion')}</h2>
          <ul className={css.list}>
            {portions.map((portion, index) => <li key={index} className={css.line}><Portion text={portion.marking.portion} /> {visibleLine(portion.label)}</li>)}
          </ul>
          <h2 className={css.role}>Personal data</h2>
          <Replaced replaced={replaced} />
        </div>
      </div>
    </Dialog>
  );
}
