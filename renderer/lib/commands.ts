/**
 * Everything a person can do by key or palette. A view registers its commands while it is mounted; one listener runs them;
 * the palette and the key map read the same list, so that a key cannot exist without a name.
 */
import { useEffect } from 'react';
import { create } from 'zustand';

export type CommandGroup = 'Everywhere' | 'Views' | 'List' | 'Document' | 'Coding' | 'Annotate' | 'Chat' | 'Ingest' | 'Bulk';

export interface Command {
  readonly id: string;
  /** A plain verb phrase: "Code Relevant". */
  readonly name: string;
  readonly group: CommandGroup;
  /**
   * Key chords, each as shown: `R`, `Shift+R`, `Ctrl+K`, `?`, `F6`, `ArrowDown`. Letters match the character produced, digits the
   * physical key. `Ctrl` reads Cmd on macOS. The first is the one that is shown.
   */
  readonly keys: readonly string[];
  /** False hides it and lets the key pass. */
  readonly enabled?: boolean;
  /** True lets the chord act while a field has focus (Ctrl chords do so anyway, single keys never). */
  readonly inFields?: boolean;
  readonly run: () => void;
}

interface Registry {
  readonly commands: ReadonlyMap<symbol, readonly Command[]>;
  readonly singleKeys: boolean;
  readonly put: (owner: symbol, commands: readonly Command[]) => void;
  readonly drop: (owner: symbol) => void;
  readonly setSingleKeys: (on: boolean) => void;
}

/** The registry itself; the palette and the key map read `commands`. */
export const useCommandRegistry = create<Registry>((set) => ({
  commands: new Map(),
  singleKeys: true,
  put: (owner, commands) => set((state) => ({ commands: new Map(state.commands).set(owner, commands) })),
  drop: (owner) => set((state) => {
    const commands = new Map(state.commands);
    commands.delete(owner);
    return { commands };
  }),
  setSingleKeys: (singleKeys) => set({ singleKeys }),
}));

/** Registers commands while the calling component is mounted. Pass a memoised array. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const owner = Symbol('commands');
    useCommandRegistry.getState().put(owner, commands);
    return () => useCommandRegistry.getState().drop(owner);
  }, [commands]);
}

/** All enabled commands, later registrations last. */
export function listCommands(): readonly Command[] {
  return [...useCommandRegistry.getState().commands.values()].flat().filter((command) => command.enabled !== false);
}

/** True inside an overlay that was closed and is only fading out. */
export function isClosing(target: Element): boolean {
  return target.closest('[data-exiting]') !== null;
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || isClosing(target)) return false;
  return target.isContentEditable || target.matches('textarea, select, [role="textbox"], input:not([type=checkbox]):not([type=radio]):not([type=button])');
}

/** The chord of a key event, in the form that Command.keys uses. */
export function chordOf(event: KeyboardEvent, isMac: boolean): string {
  const ctrl = isMac ? event.metaKey : event.ctrlKey;
  const digit = /^Digit([0-9])$/.exec(event.code)?.[1];
  const isPunctuation = event.key.length === 1 && !/[a-z0-9 ]/i.test(event.key);
  let key = event.key === ' ' ? 'Space' : event.key;
  if (digit !== undefined && !isPunctuation) key = digit;
  else if (key.length === 1) key = key.toUpperCase();
  const parts: string[] = [];
  if (ctrl) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && !isPunctuation) parts.push('Shift');
  parts.push(key);
  return parts.join('+');
}

/** Runs the command that a key event names; true when there was one. A view's own commands come before the shell's. */
export function runChord(event: KeyboardEvent, isMac: boolean): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const chord = chordOf(event, isMac);
  const single = !chord.includes('Ctrl+') && !chord.includes('Alt+') && !/^(Shift\+)?F\d+$/.test(chord);
  const inField = isField(event.target);
  const { singleKeys } = useCommandRegistry.getState();
  const candidates = [...listCommands()].reverse().filter((command) => command.keys.includes(chord));
  const command = candidates.find((candidate) => {
    if (single && !singleKeys) return false;
    return !inField || !single || candidate.inFields === true;
  });
  if (command === undefined) return false;
  event.preventDefault();
  // A key that is held down decides once, not on one document after another.
  if (event.repeat && command.group === 'Coding') return true;
  command.run();
  return true;
}
