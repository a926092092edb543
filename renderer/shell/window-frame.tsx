import { lazy, Suspense, useEffect } from 'react';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import { useOpenCase } from '../lib/case-info.ts';
import { isClosing, runChord } from '../lib/commands.ts';
import { useEngineState } from '../lib/engine-state.ts';
import { toasts } from '../lib/toasts.ts';
import { useKeptVaultFace, useVaultStatus } from '../lib/vault-status.ts';
import { Banner, isMac, ToastRegion } from '../ui/index.ts';
import { useBannerHalves } from './banner-halves.ts';
import { BareWindow } from './bare-window.tsx';
import { ViewBoundary } from './view-boundary.tsx';
import css from './window-frame.module.css';

// The way into the vault stands before the code of what lies behind it is read; that is fetched while the passphrase is typed.
const loadOpenWindow = () => import('./open-window.tsx').then((module) => ({ default: module.OpenWindow }));
const OpenWindow = lazy(loadOpenWindow);

/** The frame that never changes: a banner at either edge, and between them the open vault or the way into it. */
export function WindowFrame() {
  const status = useVaultStatus();
  useKeptVaultFace(status.data);
  const connected = useEngineState((state) => state.connected);
  const settingUp = useEngineState((state) => state.settingUp);
  const isOpen = connected && !settingUp && status.data?.state === 'open';
  const caseInfo = useOpenCase();
  useEffect(() => {
    if (isOpen) useEngineState.setState({ ended: null });
  }, [isOpen]);
  useWindowKeys();
  useEffect(() => {
    loadOpenWindow().catch(() => undefined); // reported, between the banners, when the vault is open
  }, []);
  return (
    <div className={css.window}>
      <Markings position="top" isOpen={isOpen} caseInfo={caseInfo} />
      {isOpen ? <ViewBoundary><Suspense fallback={<div className={css.open} />}><OpenWindow caseInfo={caseInfo} /></Suspense></ViewBoundary> : <BareWindow isSettingUp={settingUp || status.data?.state === 'absent'} />}
      <Markings position="bottom" isOpen={isOpen} caseInfo={caseInfo} />
      <ToastRegion queue={toasts} />
    </div>
  );
}

/** One banner. A component of its own: what is on screen changes with every document, and the window is not drawn anew for it. */
function Markings({ position, isOpen, caseInfo }: { position: 'top' | 'bottom'; isOpen: boolean; caseInfo: CaseInfo | undefined }) {
  return <Banner position={position} {...useBannerHalves(isOpen, caseInfo)} />;
}

/** True in an overlay that is open. One that is closing still holds the focus, and has no claim to the keys any more. */
const isInOverlay = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [data-trigger]') !== null && !isClosing(target);

/** One listener runs every command. Chords with Ctrl, Alt or a function key act before any control; single keys only when none took them. */
function useWindowKeys(): void {
  useEffect(() => {
    const isChord = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
    // A dialog keeps its keys to itself, except the one that locks.
    const isLock = (event: KeyboardEvent): boolean => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'l';
    const early = (event: KeyboardEvent): void => {
      if (isChord(event) && (!isInOverlay(event.target) || isLock(event)) && runChord(event, isMac())) event.stopPropagation();
    };
    const late = (event: KeyboardEvent): void => {
      if (!isChord(event) && !isInOverlay(event.target)) runChord(event, isMac());
    };
    window.addEventListener('keydown', early, true);
    window.addEventListener('keydown', late);
    return () => {
      window.removeEventListener('keydown', early, true);
      window.removeEventListener('keydown', late);
    };
  }, []);
}
