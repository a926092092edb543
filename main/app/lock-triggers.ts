import { powerMonitor } from 'electron';
import type { LockReason } from './engine-host.ts';

const pollMs = 15_000;

/** What the triggers watch and what they set off. */
export interface LockTriggerParts {
  readonly isVaultOpen: () => boolean;
  /** Minutes without a key or pointer, anywhere on this computer, before the vault locks; asked at every look. */
  readonly idleMinutes: () => number;
  readonly lock: (reason: LockReason) => void;
}

/** True when nobody has touched the computer for as long as the settings allow. */
export function isIdle(idleSeconds: number, idleMinutes: number): boolean {
  return idleSeconds >= idleMinutes * 60;
}

/**
 * Locks an open vault when the computer is idle, goes to sleep or locks its screen. Returns a function that ends the watch. How
 * long nobody touched the computer is the system's own count, looked at every 15 seconds.
 */
export function watchLockTriggers(parts: LockTriggerParts): () => void {
  const lockFor = (reason: LockReason) => (): void => {
    if (parts.isVaultOpen()) parts.lock(reason);
  };
  const onSuspend = lockFor('suspend');
  const onScreenLock = lockFor('screen-lock');
  const onIdle = lockFor('idle');
  const timer = setInterval(() => {
    if (isIdle(powerMonitor.getSystemIdleTime(), parts.idleMinutes())) onIdle();
  }, pollMs);
  powerMonitor.on('suspend', onSuspend);
  powerMonitor.on('lock-screen', onScreenLock);
  return () => {
    clearInterval(timer);
    powerMonitor.off('suspend', onSuspend);
    powerMonitor.off('lock-screen', onScreenLock);
  };
}
