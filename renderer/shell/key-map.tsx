import { type CommandGroup, useCommandRegistry } from '../lib/commands.ts';
import { useNavigation } from '../lib/navigation.ts';
import { Button, Dialog, KeyCaps } from '../ui/index.ts';
import { chordKeys, useEnabledCommands } from './command-list.ts';
import css from './key-map.module.css';

const groupOrder: readonly CommandGroup[] = ['Everywhere', 'Views', 'List', 'Document', 'Coding', 'Annotate', 'Chat', 'Ingest', 'Bulk'];

/** Every key that does something now, by group: those of the window and of the view that is shown. */
export function KeyMap({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const commands = useEnabledCommands();
  const singleKeys = useCommandRegistry((state) => state.singleKeys);
  const goTo = useNavigation((state) => state.goTo);
  const groups = groupOrder.map((group) => ({
    group,
    commands: commands.flatMap((command) => {
      const keys = command.group === group ? chordKeys(command) : null;
      return keys === null ? [] : [{ command, keys }];
    }),
  })).filter((entry) => entry.commands.length > 0);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Keys"
      aside={singleKeys
        ? 'Single keys work when no field has focus. Letters go by what is printed on the key, digits by place.'
        : 'Single keys are turned off. Those with Ctrl and the function keys work.'}
      size="lg"
      footer={<Button variant="ghost" onPress={() => { onClose(); goTo('settings'); }}>{singleKeys ? 'Turn single keys off' : 'Turn single keys on'}</Button>}
    >
      <div className={css.columns}>
        {groups.map((entry) => (
          <section key={entry.group} className={css.group}>
            <h2 className={css.heading}>{entry.group}</h2>
            <ul>
              {entry.commands.map(({ command, keys }) => (
                <li key={command.id} className={css.line}><span>{command.name}</span><KeyCaps keys={keys} /></li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
