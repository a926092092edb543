import type { Dialect, Face } from '../../../preload/contract/domains/endpoints.ts';
import { useRoute } from '../../lib/queries.ts';
import { ComboField, Select, TextField } from '../../ui/index.ts';
import { At, EditorPart, type EditorPartProps } from './editor-parts.tsx';
import css from './endpoint-editor.module.css';
import { type AuthKind, fieldsOf, withDialect } from './endpoint-form.ts';
import { dialectWords, faceWords } from './endpoint-words.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the record has exactly the dialects as its keys
const dialects = Object.keys(dialectWords) as Dialect[];
const placeholders: Readonly<Record<Dialect, string>> = {
  'openai-chat': 'https://host/v1', 'openai-responses': 'https://host/v1', bedrock: 'https://bedrock-runtime.REGION.amazonaws.com', azure: 'https://RESOURCE.openai.azure.us', 'anthropic-messages': 'https://host', ollama: 'http://127.0.0.1:11434', embedded: '',
};

/** What is spoken and where: name, dialect, address, body, region, model. */
export function ReachPart({ form, change, wrong, kept }: EditorPartProps & { readonly kept: AuthKind }) {
  const addresses = (useRoute('endpoints.known-addresses', {}).data?.addresses ?? []).filter(({ dialect }) => dialect === form.dialect);
  const regions = [...new Set(addresses.flatMap(({ signingRegion }) => (signingRegion === null ? [] : [signingRegion])))];
  const { faces, isReached } = fieldsOf(form.dialect);
  const setAddress = (baseUrl: string): void => {
    const region = addresses.find((known) => known.baseUrl === baseUrl)?.signingRegion;
    change({ baseUrl, ...(region === undefined || region === null ? {} : { signingRegion: region }) });
  };
  return (
    <EditorPart title="What is spoken, and where">
      <At field="name"><TextField label="Name" size="lg" autoFocus maxLength={120} autoComplete="off" value={form.name} onChange={(name) => change({ name })} error={wrong('name')} /></At>
      <At field="dialect">
        <Select label="Speaks" size="lg" options={dialects.map((id) => ({ id, text: dialectWords[id], ...(id === 'openai-chat' ? { detail: 'and most servers of one’s own' } : {}) }))} value={form.dialect} onChange={(dialect) => change(withDialect(form, dialect, kept))} />
      </At>
      {faces.length > 0 && (
        <At field="face">
          <Select<Face> label="Body" size="lg" options={faces.map((id) => ({ id, text: faceWords[id] }))} value={form.face} onChange={(face) => change({ face })} error={wrong('face')} hint="What the service carries behind its own address and key." />
        </At>
      )}
      {isReached && (
        <At field="baseUrl">
          <ComboField
            label="Base URL" size="lg" isMono maxLength={2000} placeholder={placeholders[form.dialect]} value={form.baseUrl} onChange={setAddress} error={wrong('baseUrl')}
            suggestions={addresses.map(({ baseUrl, what }) => ({ text: baseUrl, detail: what }))}
            hint="https only, except on this computer itself. Redirects are refused."
          />
        </At>
      )}
      <div className={css.pair}>
        {form.dialect === 'bedrock' && (
          <At field="signingRegion">
            <ComboField label="Signing region" size="lg" isMono value={form.signingRegion} onChange={(signingRegion) => change({ signingRegion })} error={wrong('signingRegion')} suggestions={regions.map((text) => ({ text }))} hint="What AWS keys sign for, whatever the host." />
          </At>
        )}
        {form.dialect === 'azure' && (
          <At field="apiVersion">
            <TextField label="API version" size="lg" isMono autoComplete="off" placeholder="v1" value={form.apiVersion} onChange={(apiVersion) => change({ apiVersion })} error={wrong('apiVersion')} hint="Only for the older paths, such as 2024-10-21." />
          </At>
        )}
        <At field="model">
          <TextField
            label={form.dialect === 'azure' ? 'Deployment' : form.dialect === 'embedded' ? 'Model file' : 'Model'} size="lg" isMono autoComplete="off" spellCheck="false" maxLength={300}
            value={form.model} onChange={(model) => change({ model })} error={wrong('model')}
          />
        </At>
      </div>
    </EditorPart>
  );
}
