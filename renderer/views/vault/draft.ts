/** What the first run collects before there is a vault to keep it in. It lives in the window's memory and goes with it. */
import { type NewPassphrase, noPassphrase } from '../../lib/new-passphrase.tsx';
import { isGroup } from './recovery-code.ts';

export interface Draft {
  /** A marking that the engine has read; null until one is chosen. */
  readonly systemHigh: string | null;
  readonly passphrase: NewPassphrase;
  /** Eight groups; null until the engine has drawn them. */
  readonly code: readonly string[] | null;
  /** Positions, from 0, of the two groups that are to be typed, and what was typed. */
  readonly asked: readonly [number, number];
  readonly typed: readonly [string, string];
  readonly person: string;
  readonly device: string;
  readonly vaultName: string;
}

/** A draft with nothing filled in but the vault's name, taken from its folder. */
export function emptyDraft(folderName: string, asked: readonly [number, number]): Draft {
  return { systemHigh: null, passphrase: noPassphrase, code: null, asked, typed: ['', ''], person: '', device: '', vaultName: folderName };
}

/** True when both groups were typed as they are. */
export function hasProvenCode({ code, asked, typed }: Draft): boolean {
  return code !== null && asked.every((position, index) => isGroup(typed[index] ?? '', code[position] ?? ''));
}

/** True when person, device and vault have names. */
export function hasNames({ person, device, vaultName }: Draft): boolean {
  return [person, device, vaultName].every((name) => name.trim() !== '');
}
