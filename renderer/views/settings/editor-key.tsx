import { useState } from 'react';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { bridge } from '../../lib/bridge.ts';
import { call } from '../../lib/client.ts';
import { counted, day } from '../../lib/format.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, PassphraseField, Select, TextField } from '../../ui/index.ts';
import { At, EditorPart, type EditorPartProps, FieldGroup } from './editor-parts.tsx';
import css from './endpoint-editor.module.css';
import { type AuthKind, fieldsOf, type KeyForm } from './endpoint-form.ts';
import { authWords } from './endpoint-words.ts';

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? '';

/** The key, and what makes the connection to the server a trusted one. `before` is the endpoint as it is kept, null for a new one. */
export function KeyPart({ before, ...part }: EditorPartProps & { readonly before: EndpointInfo | null }) {
  const { isReached } = fieldsOf(part.form.dialect);
  return (
    <EditorPart title="Key, trust and proxy">
      <KeyFields {...part} kept={before?.auth ?? 'none'} />
      {isReached && <TrustFields {...part} />}
      {isReached && <CertificateFields {...part} kept={before?.clientCertificate ?? 'none'} />}
      {isReached && (
        <At field="proxy">
          <TextField label="Proxy" size="lg" isMono autoComplete="off" spellCheck="false" placeholder="none" value={part.form.proxy} onChange={(proxy) => part.change({ proxy })} error={part.wrong('proxy')} hint="http://host:port of a proxy that tunnels. It learns the host and sees nothing of what is sent." />
        </At>
      )}
    </EditorPart>
  );
}

function KeyFields({ form, change, wrong, kept }: EditorPartProps & { readonly kept: AuthKind }) {
  const { auth } = form;
  const set = (more: Partial<KeyForm>): void => change({ auth: { ...auth, ...more } });
  if (auth.kind === 'keep') {
    return (
      <At field="auth">
        <FieldGroup label="Key" error={wrong('auth')}>
          <div className={css.kept}><span>{authWords[kept]}, kept in the vault</span><Button onPress={() => set({ kind: kept })}>Replace</Button></div>
        </FieldGroup>
      </At>
    );
  }
  const auths = fieldsOf(form.dialect).auths;
  const secretLabel = auth.kind === 'sigv4' ? 'Secret access key' : 'Key';
  return (
    <>
      <Select label="Authentication" size="lg" options={auths.map((id) => ({ id, text: authWords[id] }))} value={auth.kind} onChange={(kind) => set({ kind })} />
      {auth.kind === 'sigv4' && <TextField label="Access key id" size="lg" isMono autoComplete="off" spellCheck="false" value={auth.accessKeyId} onChange={(accessKeyId) => set({ accessKeyId })} />}
      {auth.kind !== 'none' && (
        <At field="auth"><PassphraseField label={secretLabel} value={auth.key} onChange={(key) => set({ key })} error={wrong('auth')} hint="Kept in the vault and never shown again." /></At>
      )}
      {auth.kind === 'sigv4' && <PassphraseField label="Session token" value={auth.sessionToken} onChange={(sessionToken) => set({ sessionToken })} hint="For temporary keys. Leave it empty otherwise." />}
    </>
  );
}

function TrustFields({ form, change, wrong }: EditorPartProps) {
  const [fault, setFault] = useState<string | null>(null);
  const read = useRoute('endpoints.read-certificates', { pem: form.ca ?? '-' }, { enabled: form.ca !== null }).data;
  const choose = async (): Promise<void> => {
    setFault(null);
    try {
      const { paths: [path] } = await bridge.shell('files.choose', { what: 'files' });
      if (path !== undefined) change({ ca: (await call('endpoints.read-certificates', { path })).pem });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <At field="ca">
      <FieldGroup label="Trusted certificates" error={fault ?? wrong('ca')} hint="Instead of the usual ones: only what these have issued is believed.">
        {form.ca === null
          ? <div className={css.kept}><span className={css.quiet}>The usual ones</span><Button onPress={() => { void choose(); }}>Choose trusted certificates</Button></div>
          : (
            <div className={css.kept}>
              <ul className={css.certificates}>
                {read === undefined && <li>{counted(form.ca.split('-----BEGIN CERTIFICATE-----').length - 1, 'certificate')}</li>}
                {read?.certificates.slice(0, 4).map((facts) => <li key={facts.sha256}>{visibleLine(facts.subject)} <span className={css.quiet}>until {day(facts.validTo)}</span></li>)}
                {read !== undefined && read.certificates.length > 4 && <li className={css.quiet}>and {counted(read.certificates.length - 4, 'other')}</li>}
              </ul>
              <Button onPress={() => { void choose(); }}>Replace</Button>
              <Button variant="ghost" onPress={() => change({ ca: null })}>Use the usual ones</Button>
            </div>
          )}
      </FieldGroup>
    </At>
  );
}

function CertificateFields({ form, change, wrong, kept }: EditorPartProps & { readonly kept: EndpointInfo['clientCertificate'] }) {
  const [fault, setFault] = useState<string | null>(null);
  const { certificate } = form;
  const choose = async (): Promise<void> => {
    setFault(null);
    try {
      const { paths } = await bridge.shell('files.choose', { what: 'files' });
      if (paths.length > 2) setFault('Choose one PKCS#12 file, or certificate and private key as PEM.');
      else if (paths.length > 0) change({ certificate: { kind: 'files', paths, passphrase: '' } });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const words = certificate.kind === 'keep' ? `${kept === 'pkcs12' ? 'PKCS#12' : 'PEM'}, kept in the vault` : certificate.kind === 'none' ? 'None' : certificate.paths.map((path) => visibleLine(baseName(path))).join(', ');
  return (
    <>
      <At field="certificate">
        <FieldGroup label="Client certificate" error={fault ?? wrong('certificate')} hint="For servers that want one: a PKCS#12 file, or certificate and private key as PEM. The engine reads the files; the key goes into the vault.">
          <div className={css.kept}>
            <span className={certificate.kind === 'none' ? css.quiet : undefined}>{words}</span>
            <Button onPress={() => { void choose(); }}>{certificate.kind === 'none' ? 'Choose a client certificate' : 'Replace'}</Button>
            {certificate.kind !== 'none' && <Button variant="ghost" onPress={() => change({ certificate: { kind: 'none' } })}>Take out</Button>}
          </div>
        </FieldGroup>
      </At>
      {certificate.kind === 'files' && (
        <At field="passphrase">
          <PassphraseField label="Passphrase of the private key" value={certificate.passphrase} onChange={(passphrase) => change({ certificate: { ...certificate, passphrase } })} error={wrong('passphrase')} hint="Leave it empty where the key has none." />
        </At>
      )}
    </>
  );
}
