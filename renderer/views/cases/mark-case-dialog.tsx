import type { ReactElement } from 'react';
import type { CaseInfo } from '../../../preload/contract/domains/cases.ts';
import { call } from '../../lib/client.ts';
import { MarkDialog } from '../../lib/mark-dialog.tsx';
import { queryClient } from '../../lib/queries.ts';
import { useVaultFace } from '../../lib/vault-status.ts';

/** Changes a case's marking: what everything unmarked in it counts as. */
export function MarkCaseDialog({ info, onClose }: { info: CaseInfo; onClose: () => void }): ReactElement {
  const systemHigh = useVaultFace()?.systemHigh ?? null;
  return (
    <MarkDialog
      title="Mark the case"
      aside={info.name}
      marking={info.marking.banner}
      within={systemHigh?.marking ?? null}
      onClose={onClose}
      onMark={async (marking, reason) => {
        await call('cases.mark', { case: info.case, marking, reason });
        await queryClient.invalidateQueries({ queryKey: ['cases.list'] });
      }}
    >
      What is unmarked in the case counts as this, and no endpoint with a lower ceiling is sent it. {systemHigh !== null && `This vault may hold up to ${systemHigh.banner}.`}
    </MarkDialog>
  );
}
