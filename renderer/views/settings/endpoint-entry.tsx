import Cloud from 'lucide-react/icons/cloud';
import CloudOff from 'lucide-react/icons/cloud-off';
import Laptop from 'lucide-react/icons/laptop';
import { useEffect, useRef, useState } from 'react';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import type { Output } from '../../../preload/contract/routes.ts';
import { call } from '../../lib/client.ts';
import { dayAndMinute, duration } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Chip, ConfirmDialog, DetailList, Icon, MarkingChip, Notice, ProgressLine } from '../../ui/index.ts';
import { EndpointEditor } from './endpoint-editor.tsx';
import { adviceFor, authWords, capabilityRows, dataKindWords, dialectWords, faceWords, loggingWords } from './endpoint-words.ts';
import css from './settings.module.css';

type Trial =
  | { readonly kind: 'running'; readonly step: string; readonly steps: number }
  | { readonly kind: 'ended'; readonly result: Output<'endpoints.test'> }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'fault'; readonly what: string; readonly text: string };

/** One endpoint: what it is and may be sent, whether it answers, what a test found, and how to change it or take it out. */
export function EndpointEntry({ info }: { info: EndpointInfo }) {
  const [trial, setTrial] = useState<Trial | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(new Error('The settings were left.')), []);
  const test = (): void => {
    const controller = new AbortController();
    running.current = controller;
    let steps = 0;
    setTrial({ kind: 'running', step: 'Connecting', steps });
    call('endpoints.test', { endpoint: info.endpoint }, { signal: controller.signal, onProgress: ({ step }) => { steps += 1; setTrial({ kind: 'running', step, steps }); } }).then(
      (result) => setTrial({ kind: 'ended', result }),
      (error: unknown) => setTrial(controller.signal.aborted ? { kind: 'stopped' } : { kind: 'fault', what: 'The test did not run.', text: error instanceof Error ? error.message : String(error) }),
    );
  };
  const remove = (): void => {
    call('endpoints.remove', { endpoint: info.endpoint }).catch((error: unknown) => setTrial({ kind: 'fault', what: 'It was not taken out.', text: error instanceof Error ? error.message : String(error) }));
  };
  const isDown = info.reachable === false;
  return (
    <li className={css.entry} aria-label={info.name}>
      <div className={css.entryHead}>
        <Icon glyph={isDown ? CloudOff : info.isOutside ? Cloud : Laptop} tone="quiet" />
        <h3 className={css.entryName}>{info.name}</h3>
        <span className={css.quiet}>{info.reachable === null ? 'not asked yet' : isDown ? 'did not answer' : 'answered'}</span>
        <span className={css.push}>
          <Button size="sm" onPress={test} isDisabled={trial?.kind === 'running'}>Test</Button>
          <Button size="sm" onPress={() => setEditing(true)}>Edit</Button>
          <Button size="sm" variant="ghost" onPress={() => setAsking(true)}>Remove</Button>
        </span>
      </div>
      <div className={css.chips}>
        <span className={css.quiet}>up to</span><MarkingChip level={info.ceiling.tone} text={info.ceiling.banner} />
        <Chip icon={info.isOutside ? Cloud : Laptop}>{info.isOutside ? 'Outside this laptop' : 'On this laptop'}</Chip>
        <Chip>{info.promptLogging === 'unknown' ? 'Not known what it keeps' : loggingWords[info.promptLogging]}</Chip>
      </div>
      <div className={css.columns}>
        <DetailList size="small" details={profileRows(info)} />
        {info.capabilities !== null && (
          <section className={css.found} aria-label={`What a test of ${info.name} found`}>
            <p className={css.quiet}>Tested {dayAndMinute(info.capabilities.testedAt)}</p>
            <DetailList size="small" details={capabilityRows(info).map(({ term, value }) => ({ term, value: visibleLine(value) }))} />
          </section>
        )}
      </div>
      {trial !== null && <div className={css.said}><TrialNotice trial={trial} onStop={() => running.current?.abort(new Error('Stopped by the person.'))} onAgain={test} /></div>}
      <ConfirmDialog isOpen={isAsking} onClose={() => setAsking(false)} title={`Remove ${info.name}?`} confirmText="Remove" isDanger onConfirm={remove}>
        Its keys are deleted from the vault. Answers that it gave stay in their cases.
      </ConfirmDialog>
      <EndpointEditor isOpen={isEditing} onClose={() => setEditing(false)} before={info} />
    </li>
  );
}

function profileRows(info: EndpointInfo): { term: string; value: string; isMono?: boolean }[] {
  const { face, signingRegion, proxy } = info;
  return [
    { term: 'Speaks', value: `${dialectWords[info.dialect]}${face === null ? '' : `, ${faceWords[face]}`}` },
    ...(info.baseUrl === '' ? [] : [{ term: 'Address', value: info.baseUrl, isMono: true }]),
    { term: 'Model', value: info.model, isMono: true },
    ...(signingRegion === null ? [] : [{ term: 'Region', value: signingRegion, isMono: true }]),
    { term: 'Key', value: info.auth === 'none' ? 'none' : `${authWords[info.auth]}, kept in the vault` },
    ...(info.ca === null ? [] : [{ term: 'Trusts', value: 'its own certificates only' }]),
    ...(info.clientCertificate === 'none' ? [] : [{ term: 'Shows', value: `a client certificate (${info.clientCertificate === 'pem' ? 'PEM' : 'PKCS#12'}), kept in the vault` }]),
    ...(proxy === null ? [] : [{ term: 'Proxy', value: proxy, isMono: true }]),
    { term: 'Is sent', value: info.dataKinds.map((kind) => dataKindWords[kind].toLowerCase()).join(', ') },
  ];
}

function TrialNotice({ trial, onStop, onAgain }: { trial: Trial; onStop: () => void; onAgain: () => void }) {
  switch (trial.kind) {
    case 'running':
      return <ProgressLine label="Testing" done={trial.steps} total={null} valueText={trial.step} text={<span role="status">{trial.step}</span>} action={<Button size="sm" variant="ghost" onPress={onStop}>Stop</Button>} />;
    case 'stopped':
      return <p className={css.quiet} role="status">Stopped. What an earlier test found stays.</p>;
    case 'fault':
      return <Notice kind="danger" live="alert" meaning={trial.text}>{trial.what}</Notice>;
    case 'ended': {
      const { fault, tookMs } = trial.result;
      if (fault === null) return <Notice kind="ok" live="status" meaning={`It took ${duration(tookMs)}. What it can do is kept with the endpoint.`}>It answers.</Notice>;
      return <Notice kind="danger" live="alert" meaning={adviceFor(fault)} action={<Button size="sm" onPress={onAgain}>Try again</Button>}>{fault.message}</Notice>;
    }
  }
}
