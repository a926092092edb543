/** Language data of Tesseract that is there: English comes with the program, others an administrator puts into the vault's folder `ocr`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageData } from './ocr-protocol.ts';

/** Comes with the program. */
export const packagedLanguage = 'eng';
/** A page's own is found by trying each on a part of it; more would only make that slow. */
const mostLanguages = 8;
const mostBytes = 64 * 2 ** 20;

export interface LanguageFiles {
  /** Codes of what is there, English first, then by name: the first eight. */
  readonly installed: () => string[];
  /** The data of a code that is not packaged; null when it cannot be read any more. */
  readonly data: (code: string) => LanguageData | null;
}

/** The languages of a vault. Files are named as Tesseract names them: `deu.traineddata`. */
export function languageFiles(vaultFolder: string): LanguageFiles {
  const folder = join(vaultFolder, 'ocr');
  const fileOf = (code: string): string => join(folder, `${code}.traineddata`);
  return {
    installed: () => {
      let names: string[] = [];
      try {
        names = readdirSync(folder);
      } catch {
        // No such folder: English alone.
      }
      const codes = names.flatMap((name) => /^([a-z]{3}(?:_[a-z]{2,8})*)\.traineddata$/i.exec(name)?.[1] ?? []).filter((code) => code !== packagedLanguage && code !== 'osd').sort();
      return [packagedLanguage, ...codes].slice(0, mostLanguages);
    },
    data: (code) => {
      try {
        const file = fileOf(code);
        return statSync(file).size > mostBytes ? null : { code, bytes: new Uint8Array(readFileSync(file)) };
      } catch {
        return null; // taken away since it was listed
      }
    },
  };
}
