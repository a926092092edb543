/** The languages that a person chose for what comes into a case; none chosen, each page shows its own. */
import { AppError } from '../../base/errors.ts';
import { readMeta, type ReadDb } from '../../store/index.ts';

/** Under which a case keeps its choice. */
export const languagesKey = 'ocr.languages';

/** The case's choice, as Tesseract's codes; null when it is left to each page. */
export function chosenLanguages(db: ReadDb): readonly string[] | null {
  const kept = readMeta(db, languagesKey);
  return kept === null || kept === '' ? null : kept.split('+');
}

/** Refuses codes of which the data is not there. Throws case.ocr-language-absent. */
export function mustBeInstalled(languages: readonly string[] | null, installed: readonly string[]): void {
  const absent = languages?.find((code) => !installed.includes(code));
  if (absent !== undefined) throw new AppError('case.ocr-language-absent', `There is no OCR data for "${absent}". Here: ${installed.join(', ')}. Others go into the vault’s folder ocr, named as Tesseract names them (deu.traineddata).`, { data: { language: absent } });
}
