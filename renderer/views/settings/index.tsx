import { Pane, PaneBody, PaneHead, PaneTitle } from '../../ui/index.ts';
import { AboutSection } from './about-section.tsx';
import { EndpointsSection } from './endpoints-section.tsx';
import { ModelsSection } from './models-section.tsx';
import { PassphraseSection } from './passphrase-section.tsx';
import { VerifySection } from './verify-section.tsx';
import { WindowSection } from './window-section.tsx';
import css from './settings.module.css';

/** Settings of this computer, the vault's passphrase and endpoints, and the check of the whole vault. */
export function SettingsView() {
  return (
    <Pane label="Settings" tone="document">
      <PaneHead><PaneTitle level={1}>Settings</PaneTitle></PaneHead>
      <PaneBody>
        <div className={css.column}>
          <WindowSection />
          <EndpointsSection />
          <ModelsSection />
          <PassphraseSection />
          <VerifySection />
          <AboutSection />
        </div>
      </PaneBody>
    </Pane>
  );
}
