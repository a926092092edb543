import { type ReactElement, useState } from 'react';
import type { Annotation } from '../../../preload/contract/domains/annotations.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { call } from '../../lib/client.ts';
import { MarkDialog } from '../../lib/mark-dialog.tsx';
import { queryClient } from '../../lib/queries.ts';
import { LinkButton, Portion, Text } from '../../ui/index.ts';

/** An annotation's marking: that of the span it stands on, until a person gives it one of its own. */
export function AnnotationMarking({ case: caseId, annotation: { annotation, marking, markingIsOwn } }: { case: CaseId; annotation: Annotation }): ReactElement {
  const [isMarking, setMarking] = useState(false);
  const mark = async (to: string | null, reason: string): Promise<void> => {
    await call('annotations.change', { case: caseId, annotation, marking: { to, reason } });
    await queryClient.invalidateQueries({ queryKey: ['annotations.list'] });
  };
  return (
    <>
      <Portion text={marking.portion} /> <Text size="small" tone={3}>{markingIsOwn ? 'its own' : 'as its span'}</Text> <LinkButton onPress={() => setMarking(true)}>Change</LinkButton>
      {isMarking && (
        <MarkDialog title="Mark the annotation" marking={marking.banner} within={null} onMark={mark} onClose={() => setMarking(false)}
          {...(markingIsOwn && { onClear: { text: 'As its span again', run: (reason: string) => mark(null, reason) } })}>
          Label and note count as the span that they stand on. Mark them otherwise where they say more or less than it does.
        </MarkDialog>
      )}
    </>
  );
}
