import { useMemo } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { call } from '../client.ts';
import { type Command, useCommands } from '../commands.ts';
import { languageName } from '../language-name.ts';
import { queryClient, useRoute } from '../queries.ts';
import { toasts } from '../toasts.ts';

/** Registers, for a document that OCR has to do with, reading it once more in one of the languages of which there is data. */
export function useOcrCommands(caseId: CaseId, detail: DocumentDetail | undefined): void {
  const languages = useRoute('ocr.state', { case: caseId }, { enabled: detail !== undefined && detail.ocr !== null }).data?.languages;
  useCommands(useMemo((): readonly Command[] => {
    if (detail === undefined || detail.ocr === null || languages === undefined) return [];
    const { document } = detail;
    const read = (chosen: string[] | null) => (): void => {
      call('ocr.read-again', { case: caseId, document, languages: chosen }).then(
        () => Promise.all([queryClient.invalidateQueries({ queryKey: ['ocr.state'] }), queryClient.invalidateQueries({ queryKey: ['documents.get'] })]),
        (error: unknown) => toasts.show({ text: `The document is not read again: ${error instanceof Error ? error.message : String(error)}` }),
      ).catch(() => undefined);
    };
    const own = languages.length > 1 ? [{ id: 'reader.ocr-own', name: 'Read again by OCR, each page in its own language', group: 'Document' as const, keys: [], run: read(null) }] : [];
    return [...own, ...languages.map((code) => ({ id: `reader.ocr-${code}`, name: `Read again by OCR in ${languageName(code)}`, group: 'Document' as const, keys: [], run: read([code]) }))];
  }, [caseId, detail, languages]));
}
