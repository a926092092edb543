const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** What people call a language, by its letters in ISO 639-1 or 639-2; the letters where there is no such name. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
