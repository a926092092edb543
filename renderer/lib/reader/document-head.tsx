import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import FileSearch from 'lucide-react/icons/file-search';
import X from 'lucide-react/icons/x';
import { memo, type ReactElement, useMemo } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { IconButton, MoreMenu, PaneHead, Segmented, Spacer, Text } from '../../ui/index.ts';
import { type Command, useCommands } from '../commands.ts';
import { numberText } from '../document-words.ts';
import { useRoute } from '../queries.ts';
import { visibleLine } from '../visible-text.ts';
import { copyText } from './copy-text.ts';
import { openFind } from './find-state.ts';
import { type DocumentHeadProps, type Rendering, renderingsOf } from './reader-contract.ts';

const renderingNames: Readonly<Record<Rendering, string>> = { text: 'Text', original: 'Original', headers: 'Headers' };

/** The 40 px head over a document: its number, previous and next, how it is shown, find, and what may be copied. */
export function DocumentHead(props: DocumentHeadProps): ReactElement {
  if (props.document === null) return <PaneHead />;
  return <OpenHead {...props} document={props.document} />;
}

function OpenHead({ case: caseId, document, rendering, onRendering, onPrevious, onNext, hasTitle = false, actions, onClose }: DocumentHeadProps & { case: CaseId; document: DocumentId }): ReactElement {
  const detail = useRoute('documents.get', { case: caseId, document }).data;
  const renderings = detail === undefined ? [] : renderingsOf(detail);
  const other: Rendering = rendering === 'text' && renderings.includes('original') ? 'original' : 'text';
  const canSwitch = renderings.includes('original') && renderings.includes('text');
  useCommands(useMemo((): readonly Command[] => [
    { id: 'reader.rendering', name: other === 'original' ? 'Show the original' : 'Show the text', group: 'Document', keys: ['O'], enabled: canSwitch, run: () => onRendering(other) },
  ], [other, canSwitch, onRendering]));
  return (
    <PaneHead>
      <Text isMono tone={2}>{detail === undefined ? '' : numberText(detail.number)}</Text>
      <Steps onPrevious={onPrevious} onNext={onNext} />
      {hasTitle && detail !== undefined && <Text isStrong isClipped>{visibleLine(detail.title)}</Text>}
      <Spacer />
      {renderings.length > 1 && (
        <Segmented label="Rendering" value={renderings.includes(rendering) ? rendering : 'text'} onChange={onRendering}
          segments={renderings.map((id) => ({ id, text: renderingNames[id] }))} />
      )}
      {actions}
      <FindButton />
      {detail !== undefined && <MoreMenu label="More about this document" groups={[{ id: 'copy', entries: copyEntries(detail) }]} />}
      {onClose && <IconButton label="Close the document" icon={X} onPress={onClose} />}
    </PaneHead>
  );
}

// Both stay as they are from document to document.

const Steps = memo(function Steps({ onPrevious, onNext }: Pick<DocumentHeadProps, 'onPrevious' | 'onNext'>) {
  return (
    <>
      {onPrevious && <IconButton label="Previous document" icon={ArrowUp} size="sm" keys={['K']} onPress={onPrevious} />}
      {onNext && <IconButton label="Next document" icon={ArrowDown} size="sm" keys={['J']} onPress={onNext} />}
    </>
  );
});

const FindButton = memo(function FindButton() {
  return <IconButton label="Find in document" icon={FileSearch} keys={['Ctrl', 'F']} onPress={openFind} />;
});

function copyEntries(detail: DocumentDetail): readonly { id: string; text: string; isDisabled?: boolean; run: () => void }[] {
  const { sha256, path, number } = detail;
  return [
    { id: 'number', text: 'Copy the number', run: () => copyText(String(number), 'Number') },
    { id: 'hash', text: 'Copy the SHA-256', isDisabled: sha256 === null, run: () => { if (sha256 !== null) copyText(sha256, 'SHA-256'); } },
    { id: 'path', text: 'Copy the path', run: () => copyText(path, 'Path') },
  ];
}
