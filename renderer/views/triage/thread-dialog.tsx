import type { ReactElement } from 'react';
import type { CaseId, Verdict } from '../../../preload/contract/domains/basics.ts';
import { counted } from '../../lib/format.ts';
import { Button, Dialog } from '../../ui/index.ts';

/** Props of ThreadDialog. `coded` of the messages carry a code already. */
export interface ThreadDialogProps {
  readonly caseId: CaseId;
  readonly total: number;
  readonly coded: number;
  readonly onCode: (verdict: Verdict) => void;
  readonly onClose: () => void;
}

/** Asks before a whole thread is coded: it may be long, and its messages may differ. */
export function ThreadDialog({ total, coded, onCode, onClose }: ThreadDialogProps): ReactElement {
  const press = (verdict: Verdict): void => {
    onClose();
    onCode(verdict);
  };
  return (
    <Dialog isOpen onClose={onClose} title="Code the whole thread?" size="sm" role="alertdialog" footer={(
      <>
        <Button size="lg" variant="ghost" autoFocus onPress={onClose}>Cancel</Button>
        <Button size="lg" onPress={() => press('deferred')}>Defer</Button>
        <Button size="lg" onPress={() => press('not-relevant')}>Not relevant</Button>
        <Button size="lg" variant="primary" onPress={() => press('relevant')}>Relevant</Button>
      </>
    )}>
      <p>{counted(total, 'message')} get one code, whether they add anything or not. {coded > 0 && `${counted(coded, 'message')} ${coded === 1 ? 'is' : 'are'} coded already and will be coded anew. `}Attachments keep theirs. One undo takes all of it back.</p>
    </Dialog>
  );
}
