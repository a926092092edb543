/** The registered commands as the palette and the key map show them. */
import { useMemo } from 'react';
import { type Command, listCommands, useCommandRegistry } from '../lib/commands.ts';
import type { Chord } from '../ui/index.ts';

/** Every enabled command once, by id; where two share an id the later registration, a view's own, stands. */
export function useEnabledCommands(): readonly Command[] {
  const registered = useCommandRegistry((state) => state.commands);
  return useMemo(() => {
    // The registry changed: the list is taken anew from it.
    void registered;
    return [...new Map(listCommands().map((command) => [command.id, command])).values()];
  }, [registered]);
}

/** The keys of a command's first chord, in the order they are pressed; null when it has none. */
export function chordKeys(command: Command): Chord | null {
  const [first] = command.keys;
  return first === undefined ? null : first.split('+');
}
