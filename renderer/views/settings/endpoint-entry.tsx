import Cloud from 'lucide-react/icons/cloud';
import CloudOff from 'lucide-react/icons/cloud-off';
import { useState } from 'react';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { call } from '../../lib/client.ts';
import { counted, duration } from '../../lib/format.ts';
import { queryClient } from '../../lib/queries.ts';
import { Button, ConfirmDialog, DetailList, Icon, Notice } from '../../ui/index.ts';
import css from './settings.module.css';

interface Said {
  readonly kind: 'ok' | 'danger';
  readonly text: string;
  readonly meaning: string;
}

/** One endpoint: what it is, whether it answers, and how to take it out. */
export function EndpointEntry({ info }: { info: EndpointInfo }) {
  const [said, setSaid] = useState<Said | null>(null);
  const [isTesting, setTesting] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const isDown = info.reachable === false;
  const test = async (): Promise<void> => {
    setTesting(true);
    setSaid(null);
    try {
      const { ok, models, tookMs, fault } = await call('endpoints.test', { endpoint: info.endpoint });
      const hasModel = models.includes(info.model);
      setSaid(ok
        ? { kind: 'ok', text: `It answered in ${duration(tookMs)}.`, meaning: models.length === 0 ? 'It does not list its models.' : `It offers ${counted(models.length, 'model')}, ${hasModel ? 'this one among them' : `but not ${info.model}`}.` }
        : { kind: 'danger', text: 'It answered, but not as expected.', meaning: fault?.message ?? '' });
    } catch (error) {
      setSaid({ kind: 'danger', text: 'It was not reached.', meaning: error instanceof Error ? error.message : String(error) });
    } finally {
      setTesting(false);
      void queryClient.invalidateQueries({ queryKey: ['endpoints.list'] });
      void queryClient.invalidateQueries({ queryKey: ['network.status'] });
    }
  };
  const remove = (): void => {
    call('endpoints.remove', { endpoint: info.endpoint }).then(
      () => Promise.all(['endpoints.list', 'network.status'].map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
      (error: unknown) => setSaid({ kind: 'danger', text: 'It was not taken out.', meaning: error instanceof Error ? error.message : String(error) }),
    );
  };
  return (
    <li className={css.entry}>
      <div className={css.entryHead}>
        <Icon glyph={isDown ? CloudOff : Cloud} tone="quiet" />
        <h3 className={css.entryName}>{info.name}</h3>
        <span className={css.quiet}>{info.reachable === null ? 'not asked yet' : isDown ? 'did not answer' : 'answered'}</span>
        <span className={css.push}>
          <Button size="sm" onPress={() => { void test(); }} isDisabled={isTesting}>{isTesting ? 'Testing' : 'Test'}</Button>
          <Button size="sm" variant="ghost" onPress={() => setAsking(true)}>Remove</Button>
        </span>
      </div>
      <DetailList
        size="small"
        details={[
          { term: 'Address', value: info.baseUrl, isMono: true },
          { term: 'Model', value: info.model, isMono: true },
          { term: 'Ceiling', value: info.ceiling.banner },
          { term: 'Key', value: info.auth === 'none' ? 'none' : 'kept in the vault' },
        ]}
      />
      {said !== null && <div className={css.said}><Notice kind={said.kind} live={said.kind === 'ok' ? 'status' : 'alert'} meaning={said.meaning}>{said.text}</Notice></div>}
      <ConfirmDialog isOpen={isAsking} onClose={() => setAsking(false)} title={`Remove ${info.name}?`} confirmText="Remove" isDanger onConfirm={remove}>
        Its key is deleted from the vault. Answers that it gave stay in their cases.
      </ConfirmDialog>
    </li>
  );
}
