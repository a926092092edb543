import Cpu from 'lucide-react/icons/cpu';
import { useState } from 'react';
import type { ModelInfo } from '../../../preload/contract/domains/models.ts';
import { call } from '../../lib/client.ts';
import { count, shortHash, size } from '../../lib/format.ts';
import { queryClient } from '../../lib/queries.ts';
import { Button, ConfirmDialog, DetailList, Icon, Notice } from '../../ui/index.ts';
import { RunModelDialog } from './run-model-dialog.tsx';
import css from './settings.module.css';

/** One model file: what it is, which endpoints run it, and how to use it or take it out. */
export function ModelEntry({ info }: { info: ModelInfo }) {
  const [fault, setFault] = useState<string | null>(null);
  const [asking, setAsking] = useState<'use' | 'remove' | null>(null);
  const isUsed = info.endpoints.length > 0;
  const remove = (): void => {
    setFault(null);
    call('models.remove', { model: info.model }).then(
      () => queryClient.invalidateQueries({ queryKey: ['models.list'] }),
      (error: unknown) => setFault(error instanceof Error ? error.message : String(error)),
    );
  };
  const close = (): void => setAsking(null);
  return (
    <li className={css.entry}>
      <div className={css.entryHead}>
        <Icon glyph={Cpu} tone="quiet" />
        <h3 className={css.entryName} title={info.name}>{info.name}</h3>
        <span className={css.quiet}>{info.kind === 'chat' ? 'answers' : 'makes vectors'}</span>
        <span className={css.push}>
          <Button size="sm" onPress={() => setAsking('use')}>Use as endpoint</Button>
          <Button size="sm" variant="ghost" onPress={() => (isUsed ? setFault(`Endpoints run it: ${info.endpoints.join(', ')}. Remove them first.`) : setAsking('remove'))}>Remove</Button>
        </span>
      </div>
      <DetailList
        size="small"
        details={[
          { term: 'Size', value: `${size(info.sizeBytes)}, ${info.architecture}` },
          { term: 'Context', value: `${count(info.contextTokens)} tokens` },
          { term: 'SHA-256', value: shortHash(info.sha256), isMono: true },
          { term: 'Licence', value: info.licence ?? 'the file says none' },
          { term: 'Endpoints', value: isUsed ? info.endpoints.join(', ') : 'none' },
        ]}
      />
      {fault !== null && <div className={css.said}><Notice kind="danger" live="alert" meaning={fault}>The model was not removed.</Notice></div>}
      <RunModelDialog info={info} isOpen={asking === 'use'} onClose={close} />
      <ConfirmDialog isOpen={asking === 'remove'} onClose={close} title={`Remove ${info.name}?`} confirmText="Remove" isDanger onConfirm={remove}>
        Its file, {size(info.sizeBytes)}, is deleted from the vault folder. To use it again it has to be added again. Answers that it gave stay in their cases.
      </ConfirmDialog>
    </li>
  );
}
