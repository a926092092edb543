import { Button as AriaButton } from 'react-aria-components/Button';
import Cloud from 'lucide-react/icons/cloud';
import CloudOff from 'lucide-react/icons/cloud-off';
import Unplug from 'lucide-react/icons/unplug';
import type { Output } from '../../preload/contract/routes.ts';
import { clock, count, counted, dayAndMinute } from '../lib/format.ts';
import { queryClient, useRoute } from '../lib/queries.ts';
import { DetailList, type Glyph, Icon, Popover } from '../ui/index.ts';
import css from './title-bar.module.css';

type Status = Output<'network.status'>;

/** What the chip says: always one of three. */
export function networkWords(status: Status): { words: string; icon: Glyph; meaning: string } {
  if (status.unreachable !== null) {
    return { words: `${status.unreachable} not reachable`, icon: CloudOff, meaning: `${status.unreachable} did not answer when it was last asked. Everything but its answers works without it.` };
  }
  if (status.endpoints === 0) {
    return { words: 'Air-gapped', icon: Unplug, meaning: 'No endpoint is allowed, so nothing can open a connection. Everything works from this laptop.' };
  }
  return {
    words: `${counted(status.endpoints, 'endpoint')} allowed`,
    icon: Cloud,
    meaning: 'A connection is opened only to an endpoint in the list, and only for what its ceiling covers.',
  };
}

/** The state of the network, and on a press what was opened since start. */
export function NetworkState() {
  const status = useRoute('network.status', {}).data;
  if (status === undefined) return null;
  const { words, icon, meaning } = networkWords(status);
  const refresh = (isOpen: boolean): void => {
    if (isOpen) void queryClient.invalidateQueries({ queryKey: ['network.status'] });
  };
  return (
    <Popover
      label="Network"
      placement="bottom end"
      onOpenChange={refresh}
      trigger={(
        <AriaButton className={css.network ?? ''}>
          <Icon glyph={icon} size={14} /><span className={css.networkWords}>{words}</span>
        </AriaButton>
      )}
    >
      <section aria-label="Network state">
        <h2 className={css.networkHead}><Icon glyph={icon} />{words}</h2>
        <p className={css.networkText}>{meaning}</p>
        <div className={css.networkDetails}>
          <DetailList
            termWidth="wide"
            details={[
              { term: 'Connections opened', value: count(status.sockets) },
              { term: 'Counted since', value: dayAndMinute(status.since) },
              { term: 'Last counted', value: clock(status.countedAt) },
              { term: 'Endpoints allowed', value: count(status.endpoints) },
            ]}
          />
        </div>
      </section>
    </Popover>
  );
}
