import { strict } from './strict.ts';

interface MessageBox {
  readonly cancelId?: number;
}

/** The options of a call whose first argument may be the parent window. */
function optionsOf(args: readonly unknown[]): MessageBox {
  return (args.length > 1 ? args[1] : args[0]) as MessageBox;
}

/** Electron's dialog, as if the person cancelled each one at once; tests put their own functions in these places. */
export const dialog = strict('dialog', {
  showOpenDialog: (..._args: unknown[]) => Promise.resolve({ canceled: true, filePaths: [] as string[] }),
  showOpenDialogSync: (..._args: unknown[]): string[] | undefined => undefined,
  showSaveDialog: (..._args: unknown[]) => Promise.resolve({ canceled: true, filePath: '' }),
  showSaveDialogSync: (..._args: unknown[]): string => '',
  showMessageBox: (...args: unknown[]) => Promise.resolve({ response: optionsOf(args).cancelId ?? 0, checkboxChecked: false }),
  showMessageBoxSync: (...args: unknown[]): number => optionsOf(args).cancelId ?? 0,
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`);
  },
});
