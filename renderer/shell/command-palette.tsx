import { useEffect, useMemo, useState } from 'react';
import AppWindow from 'lucide-react/icons/app-window';
import CircleCheck from 'lucide-react/icons/circle-check';
import File from 'lucide-react/icons/file';
import FileText from 'lucide-react/icons/file-text';
import FolderInput from 'lucide-react/icons/folder-input';
import Highlighter from 'lucide-react/icons/highlighter';
import Layers from 'lucide-react/icons/layers';
import List from 'lucide-react/icons/list';
import Mail from 'lucide-react/icons/mail';
import MessagesSquare from 'lucide-react/icons/messages-square';
import Search from 'lucide-react/icons/search';
import Terminal from 'lucide-react/icons/terminal';
import type { CommandGroup } from '../lib/commands.ts';
import { counted, day } from '../lib/format.ts';
import { useNavigation } from '../lib/navigation.ts';
import { visibleLine } from '../lib/visible-text.ts';
import { type Glyph, Palette, type PaletteSection } from '../ui/index.ts';
import { chordKeys, useEnabledCommands } from './command-list.ts';
import { usePaletteDocuments } from './palette-documents.ts';

const iconByGroup: Readonly<Record<CommandGroup, Glyph>> = {
  Everywhere: Terminal,
  Views: AppWindow,
  List,
  Document: FileText,
  Coding: CircleCheck,
  Annotate: Highlighter,
  Chat: MessagesSquare,
  Ingest: FolderInput,
  Bulk: Layers,
};

/** Commands of the window and the view, documents of the case, and a search for what was typed. */
export function CommandPalette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [query, setQuery] = useState('');
  const caseId = useNavigation((state) => state.case);
  const commands = useEnabledCommands();
  const documents = usePaletteDocuments(isOpen ? caseId : null, query);
  useEffect(() => { if (!isOpen) setQuery(''); }, [isOpen]);
  const sections = useMemo((): readonly PaletteSection[] => {
    const { openDocument, setQuery: setSearch, goTo } = useNavigation.getState();
    const typed = query.trim();
    return [
      {
        id: 'commands',
        heading: 'Commands',
        countText: (number) => counted(number, 'command'),
        items: commands.filter((command) => command.id !== 'shell.palette').map((command) => ({
          id: command.id,
          icon: iconByGroup[command.group],
          text: command.name,
          keys: chordKeys(command) ?? undefined,
          run: command.run,
        })),
      },
      {
        id: 'documents',
        heading: 'Documents',
        isMatched: true,
        countText: (number) => counted(number, 'document'),
        items: documents.map((row) => ({
          id: row.document,
          icon: row.type === 'mail' ? Mail : File,
          text: visibleLine(row.title),
          detail: row.date === null ? `No. ${row.number}` : `No. ${row.number} · ${day(row.date)}`,
          run: () => openDocument({ document: row.document, span: null }, 'triage'),
        })),
      },
      {
        id: 'search',
        heading: 'Search',
        isMatched: true,
        items: typed === '' || caseId === null ? [] : [{
          id: 'search',
          icon: Search,
          text: `Search the case for “${typed}”`,
          run: () => {
            setSearch(typed);
            goTo('search');
          },
        }],
      },
    ];
  }, [commands, documents, query, caseId]);
  return (
    <Palette
      isOpen={isOpen}
      onClose={onClose}
      query={query}
      onQueryChange={setQuery}
      sections={sections}
      placeholder={caseId === null ? 'Command' : 'Command or document'}
    />
  );
}
