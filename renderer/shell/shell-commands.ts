/** What can be done in every view of an open vault, with its keys. */
import { useMemo } from 'react';
import type { CaseId, DocumentId } from '../../preload/contract/domains/basics.ts';
import { chooseAndAdd } from '../lib/add-files.ts';
import { bridge } from '../lib/bridge.ts';
import { call } from '../lib/client.ts';
import { type Command, useCommands } from '../lib/commands.ts';
import { numberText } from '../lib/document-words.ts';
import { requestFocus } from '../lib/focus-request.ts';
import { useNavigation, type View } from '../lib/navigation.ts';
import { toggleSidePane } from '../lib/panes-state.ts';
import { savePending } from '../lib/pending-saves.ts';
import { keyOf, queryClient } from '../lib/queries.ts';
import { toasts } from '../lib/toasts.ts';
import { visibleLine } from '../lib/visible-text.ts';
import { focusNextPane } from '../ui/index.ts';
import { reportFault } from './window-fault.ts';

/** Locks the vault, once what is being typed is saved: the shell ends the engine, and its news brings the lock screen. */
export function lockNow(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  savePending().then(() => bridge.shell('vault.lock', {})).catch((error: unknown) => reportFault('The vault was not locked.', error));
}

const viewsOfDocuments: readonly View[] = ['triage', 'search', 'annotate'];

/** ": #41 TITLE", so that a change made in another window is known for what it is. */
async function whereWords(caseId: CaseId, id: DocumentId): Promise<string> {
  const input = { case: caseId, document: id };
  try {
    const { number, title } = await queryClient.fetchQuery({ queryKey: keyOf('documents.get', input), queryFn: ({ signal }) => call('documents.get', input, { signal }), staleTime: Infinity });
    return `: ${numberText(number)} ${visibleLine(title)}`;
  } catch {
    return ''; // what was changed is changed; the document's own pane shows why it cannot be read
  }
}

/** Takes back the last op, or brings it back; says what changed and opens its document. */
async function step(direction: 'undo' | 'redo', caseId: CaseId): Promise<void> {
  try {
    const { changed } = await call(direction === 'undo' ? 'ops.undo' : 'ops.redo', { case: caseId });
    if (changed === null) {
      toasts.show({ text: direction === 'undo' ? 'Nothing to undo since unlock' : 'Nothing to redo' });
      return;
    }
    const other = direction === 'undo' ? 'redo' : 'undo';
    toasts.show({
      text: changed.document === null ? changed.said : `${changed.said}${await whereWords(caseId, changed.document)}`,
      action: { text: other === 'undo' ? 'Undo' : 'Redo', keys: other === 'undo' ? ['Z'] : ['Shift', 'Z'], run: () => { void step(other, caseId); } },
    });
    if (changed.document === null) return;
    const { openDocument, view } = useNavigation.getState();
    const place = { document: changed.document, span: null };
    if (viewsOfDocuments.includes(view)) openDocument(place);
    else openDocument(place, 'triage');
  } catch (error) {
    reportFault(direction === 'undo' ? 'Nothing was undone.' : 'Nothing was redone.', error);
  }
}

/** What may lie over the window. */
export type ShellOverlay = 'palette' | 'keys' | 'export';

/** Registers the window's own commands while the vault is open. `setOverlay` opens the palette, the key map or the export. */
export function useShellCommands(setOverlay: (overlay: ShellOverlay) => void): void {
  const caseId = useNavigation((state) => state.case);
  const commands = useMemo((): readonly Command[] => {
    const hasCase = caseId !== null;
    const { goTo, openCase } = useNavigation.getState();
    const view = (name: string, to: View, keys: readonly string[], enabled = hasCase): Command =>
      ({ id: `view.${to}`, name, group: 'Views', keys, enabled, run: () => goTo(to) });
    const everywhere = (id: string, name: string, keys: readonly string[], run: () => void, enabled = true): Command =>
      ({ id: `shell.${id}`, name, group: 'Everywhere', keys, run, enabled });
    return [
      everywhere('palette', 'Find a command', ['Ctrl+K'], () => setOverlay('palette')),
      everywhere('keys', 'Keys', ['?'], () => setOverlay('keys')),
      everywhere('search', 'Search', ['/'], () => { goTo('search'); requestFocus('search-box'); }, hasCase),
      everywhere('undo', 'Undo', ['Z'], () => { if (caseId !== null) void step('undo', caseId); }, hasCase),
      everywhere('redo', 'Redo', ['Shift+Z'], () => { if (caseId !== null) void step('redo', caseId); }, hasCase),
      everywhere('next-pane', 'Next pane', ['F6'], () => focusNextPane(1)),
      everywhere('previous-pane', 'Previous pane', ['Shift+F6'], () => focusNextPane(-1)),
      everywhere('list-pane', 'Show or hide the list', ['Ctrl+B'], () => toggleSidePane('list')),
      everywhere('work-pane', 'Show or hide the work pane', ['Ctrl+J'], () => toggleSidePane('work')),
      everywhere('lock', 'Lock now', ['Ctrl+L'], lockNow),
      everywhere('new-window', 'New window', ['Ctrl+Shift+N'], () => {
        bridge.shell('window.new', {}).catch((error: unknown) => reportFault('No window was opened.', error));
      }),
      everywhere('export', 'Export this case', [], () => setOverlay('export'), hasCase),
      everywhere('cases', 'All cases', [], () => { openCase(null); goTo('triage'); }),
      view('Triage', 'triage', ['Ctrl+1']),
      view('Search', 'search', ['Ctrl+2']),
      view('Chat', 'chat', ['Ctrl+3']),
      view('Annotate', 'annotate', ['Ctrl+4']),
      view('Ingest', 'ingest', ['Ctrl+6']),
      view('Bulk', 'bulk', ['Ctrl+7']),
      view('Audit', 'audit', [], true),
      view('Settings', 'settings', ['Ctrl+,'], true),
      { id: 'ingest.add-folder', name: 'Add a folder', group: 'Ingest', keys: ['Ctrl+O'], enabled: hasCase, run: () => { void chooseAndAdd('folders'); } },
      { id: 'ingest.add-files', name: 'Add files', group: 'Ingest', keys: [], enabled: hasCase, run: () => { void chooseAndAdd('files'); } },
    ];
  }, [caseId, setOverlay]);
  useCommands(commands);
}
