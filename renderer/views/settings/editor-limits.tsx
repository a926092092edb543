import type { DataKind, PromptLogging } from '../../../preload/contract/domains/endpoints.ts';
import { MarkingField } from '../../lib/marking-field.tsx';
import { Checkbox, Select, TextField } from '../../ui/index.ts';
import { At, EditorPart, type EditorPartProps, FieldGroup } from './editor-parts.tsx';
import css from './endpoint-editor.module.css';
import { dataKindWords, loggingWords } from './endpoint-words.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the record has exactly the kinds as its keys
const kinds = Object.keys(dataKindWords) as DataKind[];
const loggings: readonly PromptLogging[] = ['no', 'yes', 'unknown'];

/** What the endpoint may be sent: up to which marking, which kinds of data, and what the server does with it. */
export function AllowedPart({ form, change, wrong }: EditorPartProps) {
  const toggle = (kind: DataKind, isOn: boolean): void => change({ dataKinds: kinds.filter((other) => (other === kind ? isOn : form.dataKinds.includes(other))) });
  return (
    <EditorPart title="What it may be sent">
      <At field="ceiling">
        <MarkingField label="Ceiling" value={form.ceiling} onChange={(ceiling) => change({ ceiling })} error={wrong('ceiling')} hint="The highest marking that this service is accredited for. Whatever is above it never leaves this computer for it." />
      </At>
      <At field="dataKinds">
        <FieldGroup label="Kinds of data" error={wrong('dataKinds')} hint="Personal data that is not allowed is replaced, or the question is not sent.">
          <div className={css.kinds}>{kinds.map((kind) => <Checkbox key={kind} isSelected={form.dataKinds.includes(kind)} onChange={(isOn) => toggle(kind, isOn)}>{dataKindWords[kind]}</Checkbox>)}</div>
        </FieldGroup>
      </At>
      <At field="promptLogging">
        <Select label="What the server keeps" size="lg" options={loggings.map((id) => ({ id, text: loggingWords[id] }))} value={form.promptLogging} onChange={(promptLogging) => change({ promptLogging })} hint="As whoever runs it says; it is never guessed." />
      </At>
    </EditorPart>
  );
}

/** How much fits, and how long it may take. */
export function LimitsPart({ form, change, wrong }: EditorPartProps) {
  const field = (name: 'contextTokens' | 'maxOutputTokens' | 'connectSeconds' | 'headersSeconds' | 'idleSeconds', label: string, unit: string, placeholder = '') => (
    <At field={name}><TextField label={label} size="lg" inputMode="decimal" autoComplete="off" placeholder={placeholder} value={form[name]} onChange={(text) => change({ [name]: text })} error={wrong(name)} suffix={<span className={css.unit}>{unit}</span>} /></At>
  );
  return (
    <EditorPart title="Limits and times">
      <div className={css.pair}>
        {field('contextTokens', 'Fits at once', 'tokens', 'as it says')}
        {field('maxOutputTokens', 'Longest answer', 'tokens', 'as it likes')}
      </div>
      <div className={css.three}>
        {field('connectSeconds', 'To connect', 's')}
        {field('headersSeconds', 'To the first word', 's')}
        {field('idleSeconds', 'Between words', 's')}
      </div>
    </EditorPart>
  );
}
