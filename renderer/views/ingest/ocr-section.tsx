import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { OcrState } from '../../../preload/contract/domains/ocr.ts';
import type { RouteName } from '../../../preload/contract/routes.ts';
import { call } from '../../lib/client.ts';
import { count, counted, duration } from '../../lib/format.ts';
import { languageName } from '../../lib/language-name.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, type Fact, Facts, Notice, ProgressBar, Select, type SelectOption, Switch } from '../../ui/index.ts';
import css from './ingest.module.css';
import { SectionHead } from './section-head.tsx';

type OcrAct = Extract<RouteName, 'ocr.pause' | 'ocr.resume' | 'ocr.read-off'>;

/** Pages whose words are in pictures: how far OCR is with them, and whether what comes in is read at all. One queue for the whole case. */
export function OcrSection({ caseId }: { readonly caseId: CaseId }) {
  const state = useRoute('ocr.state', { case: caseId }, { keepPrevious: true }).data;
  const [fault, setFault] = useState<string | null>(null);
  if (state === undefined) return null;
  const settle = (act: Promise<OcrState>): void => {
    setFault(null);
    act.then(
      () => queryClient.invalidateQueries({ queryKey: ['ocr.state'] }),
      (error: unknown) => setFault(error instanceof Error ? error.message : String(error)),
    ).catch(() => undefined);
  };
  const run = (name: OcrAct): void => settle(call(name, { case: caseId }));
  const { pages, offDocuments } = state;
  const all = pages.done + pages.waiting;
  return (
    <section aria-label="Words in pictures">
      <SectionHead title="Words in pictures" detail={headline(state)} action={state.state === 'idle' || pages.waiting === 0
        ? undefined
        : <Button size="sm" icon={state.state === 'paused' ? Play : Pause} onPress={() => run(state.state === 'paused' ? 'ocr.resume' : 'ocr.pause')}>{state.state === 'paused' ? 'Go on reading' : 'Pause reading'}</Button>} />
      <div className={css.job}>
        {(fault ?? state.fault) !== null && <Notice kind="danger" live="alert" meaning={fault ?? state.fault ?? ''}>Reading pictures stopped.</Notice>}
        {all > 0 && <ProgressBar label="Pages read by OCR" done={pages.done} total={all} valueText={`${count(pages.done)} of ${counted(all, 'page')}`} />}
        {all > 0 && <Facts facts={factsOf(state)} />}
        {state.now !== null && <p className={css.reading}>Reading page {count(state.now.page)} of <span className={css.mono} title={state.now.path}>{visibleLine(state.now.path)}</span></p>}
        {pages.off > 0 && (
          <p className={css.sum}>{counted(pages.off, 'page')} of {counted(offDocuments, 'document')} came in while this was off. <Button size="sm" onPress={() => run('ocr.read-off')}>Read them now</Button></p>
        )}
        <Switch isSelected={state.wanted} onChange={(wanted) => settle(call('ocr.set-wanted', { case: caseId, wanted }))}
          detail={`For what is added from now on. On this computer, in ${state.languages.map(languageName).join(', ')}; search and answers reach a page as soon as it is read.`}>
          Read scanned pages and pictures by OCR
        </Switch>
        {state.languages.length > 1 && (
          <Select label="Language of what is added from now on" variant="boxed" options={languageOptions(state)} value={state.chosen.length === 0 ? own : state.chosen.join('+')}
            onChange={(id) => settle(call('ocr.set-languages', { case: caseId, languages: id === own ? null : id.split('+') }))}
            hint="A document that is here already is read again from its own commands (Ctrl K, “Read again by OCR”)." />
        )}
      </div>
    </section>
  );
}

/** Stands for what each page shows. */
const own = 'own';

/** Each page's own, every language that is there, and what a script has chosen beside these. */
function languageOptions({ languages, chosen }: OcrState): readonly SelectOption<string>[] {
  const several = chosen.length > 1 ? [{ id: chosen.join('+'), text: chosen.map(languageName).join(' and ') }] : [];
  return [{ id: own, text: 'Each page’s own' }, ...languages.map((code) => ({ id: code, text: languageName(code) })), ...several];
}

function headline({ state, pages }: OcrState): string {
  if (state === 'paused') return `paused, ${counted(pages.waiting, 'page')} waiting`;
  if (state === 'running') return 'reading beside everything else';
  return pages.waiting > 0 ? 'stopped' : pages.done > 0 ? 'done' : 'none so far';
}

function factsOf({ pages, documents, perMinute, leftMs }: OcrState): readonly Fact[] {
  return [
    { caption: 'Pages', value: count(pages.done), detail: `of ${count(pages.done + pages.waiting)}` },
    { caption: 'With words', value: count(pages.read) },
    { caption: 'Without', value: count(pages.nothing) },
    { caption: 'Failed', value: count(pages.failed) },
    ...(pages.waiting === 0 ? [] : [
      { caption: 'Documents', value: count(documents), detail: 'waiting' },
      { caption: 'Rate', value: perMinute === null ? '–' : count(Math.round(perMinute)), detail: 'pages/min' },
      { caption: 'Left', value: leftMs === null ? '–' : duration(leftMs) },
    ]),
  ];
}
