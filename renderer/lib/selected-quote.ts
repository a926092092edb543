/** The text that is selected on the page, to ask about. */

const longestUnits = 1000;

/** The selection on one line, in quotation marks and with a space after it; '' when nothing is selected. */
export function selectedQuote(): string {
  const words = window.getSelection()?.toString().replace(/\s+/g, ' ').trim() ?? '';
  return words === '' ? '' : `“${words.slice(0, longestUnits).toWellFormed()}” `;
}
