/** What the banners say: the vault's ceiling, and the roll-up of what is on screen. */
import type { MarkingView } from '../../preload/contract/domains/basics.ts';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import { useEngineState } from '../lib/engine-state.ts';
import { useNavigation } from '../lib/navigation.ts';
import { useReportedMarkings, useRollUp } from '../lib/on-screen.ts';
import { useVaultFace } from '../lib/vault-status.ts';
import type { BannerHalf } from '../ui/index.ts';

export interface BannerHalves {
  readonly systemHigh: BannerHalf;
  readonly onScreen: BannerHalf;
}

const noContent: BannerHalf = { level: 'none', text: 'NO CONTENT' };
const notSet: BannerHalf = { level: 'none', text: 'not set' };
const notKnown: BannerHalf = { level: 'none', text: 'not known yet' };
const half = (marking: MarkingView): BannerHalf => ({ level: marking.tone, text: marking.banner });

/**
 * Both halves. Where views report nothing, the case's own marking stands for all that it may hold; while a case is open but not
 * yet known, or a roll-up has no name, the vault's ceiling does: never less than what may be on screen.
 */
export function useBannerHalves(isOpen: boolean, caseInfo: CaseInfo | undefined): BannerHalves {
  const reported = useReportedMarkings();
  const face = useVaultFace();
  const ceiling = face?.systemHigh ?? null;
  const isCaseOpen = useNavigation((state) => state.case !== null);
  const isConnected = useEngineState((state) => state.connected);
  const systemHigh = face === undefined ? notKnown : ceiling === null ? notSet : half(ceiling);
  const own = caseInfo?.marking ?? ceiling;
  const rolledUp = useRollUp(reported, ceiling);
  if (!isOpen || !isConnected || ceiling === null) return { systemHigh, onScreen: noContent };
  const shown = reported === null ? (isCaseOpen ? own : null) : rolledUp;
  return { systemHigh, onScreen: shown === null ? noContent : half(shown) };
}
