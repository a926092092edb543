import { useAbout } from '../../lib/shell-settings.ts';
import { useVaultStatus } from '../../lib/vault-status.ts';
import { DetailList } from '../../ui/index.ts';
import { Section } from './section.tsx';

/** The program, the vault, and whom records name. */
export function AboutSection() {
  const about = useAbout();
  const status = useVaultStatus().data;
  return (
    <Section title="About">
      <DetailList
        details={[
          { term: 'Vault', value: status?.name ?? status?.folderName ?? '' },
          { term: 'Person', value: status?.person ?? 'not known' },
          { term: 'Device', value: status?.device ?? 'not known' },
          ...(about === null ? [] : [{ term: 'Redoubt', value: `${about.version} on ${about.platform}${about.standIn ? ', on the stand-in for Electron: for development and demonstration only' : ''}` }]),
        ]}
      />
    </Section>
  );
}
