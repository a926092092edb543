import type { ReactElement, Ref } from 'react';
import Cloud from 'lucide-react/icons/cloud';
import CloudOff from 'lucide-react/icons/cloud-off';
import Laptop from 'lucide-react/icons/laptop';
import TextQuote from 'lucide-react/icons/text-quote';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { counted } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { Button, Select, type SelectOption, Spacer, Text } from '../../ui/index.ts';
import { stopAsking } from './ask.ts';
import { useChatState } from './chat-state.ts';
import css from './composer.module.css';
import { ScopeChoice } from './scope-choice.tsx';

const extractiveId = 'extractive';

/** Props of Composer. `endpoint` is the chosen one; null is the extractive reader. */
export interface ComposerProps {
  case: CaseId;
  documents: number;
  endpoints: readonly EndpointInfo[];
  endpoint: EndpointInfo | null;
  onSend: () => void;
  fieldRef: Ref<HTMLTextAreaElement>;
  /** The question's own marking, where an endpoint is asked. */
  marking: ReactElement | null;
  /** What the question goes on from, where that is not the end of what is shown. */
  goingOn: string | null;
}

/** Where the question is written, what it is asked of, and who answers it. Enter is a new line, Ctrl Enter sends. */
export function Composer({ case: caseId, documents, endpoints, endpoint, onSend, fieldRef, marking, goingOn }: ComposerProps): ReactElement {
  const draft = useChatState((state) => state.draft);
  const isAsking = useChatState((state) => state.asking !== null);
  const isChoosing = useChatState((state) => state.isChoosing);
  const options: readonly SelectOption<string>[] = [
    { id: extractiveId, text: 'Extractive reader', detail: 'no model', icon: TextQuote },
    ...endpoints.map((info): SelectOption<string> => ({
      id: info.endpoint, text: `${info.name} up to ${info.ceiling.portion}`, icon: info.isOutside ? info.reachable === false ? CloudOff : Cloud : Laptop,
      detail: info.reachable === false ? 'did not answer' : info.model,
    })),
  ];
  const choose = (id: string): void => useNavigation.getState().chooseEndpoint(endpoints.find((info) => info.endpoint === id)?.endpoint ?? null);
  return (
    <div className={css.composer}>
      {goingOn !== null && (
        <div className={css.goingOn}>
          <Text size="small" tone={2} isClipped>{goingOn}</Text>
          <Button size="sm" variant="ghost" onPress={() => useChatState.setState({ goingOnFrom: null })}>From the end instead</Button>
        </div>
      )}
      <div className={css.box}>
        <textarea ref={fieldRef} className={css.field} aria-label="Question" rows={1} maxLength={20_000} value={draft}
          placeholder={documents === 0 ? 'Ask about this case' : `Ask about ${counted(documents, 'document')}`}
          onChange={(event) => useChatState.setState({ draft: event.target.value })} />
        <div className={css.tools}>
          <ScopeChoice case={caseId} documents={documents} />
          <Select label="Who answers" variant="chip" icon={endpoint === null ? TextQuote : endpoint.isOutside ? Cloud : Laptop} options={options} value={endpoint?.endpoint ?? extractiveId} onChange={choose} isOpen={isChoosing} onOpenChange={(isChoosingNow) => useChatState.setState({ isChoosing: isChoosingNow })} />
          {marking}
          <Spacer />
          {isAsking
            ? <Button size="sm" keys={['Esc']} onPress={stopAsking}>Stop</Button>
            : <Button size="sm" variant="primary" keys={['Ctrl', 'Enter']} isDisabled={draft.trim() === ''} onPress={onSend}>Send</Button>}
        </div>
      </div>
    </div>
  );
}
