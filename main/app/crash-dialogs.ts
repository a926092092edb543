import { app, dialog } from 'electron';

/** What went wrong in the shell itself, as people may quote it. */
export type ShellFault = 'SHELL-1' | 'SHELL-2' | 'SHELL-3';

const exitCode = 70; // EX_SOFTWARE of sysexits.h

/** The one text of every crash dialog. It never holds a message or a stack: those may quote a document. */
export function faultText(fault: ShellFault): string {
  return `Redoubt has to close because of a fault in its window program (${fault}). Everything that was acknowledged is saved.`;
}

/** Says what happened in fixed words and ends the program; the engine ends with it, and its keys with the engine. */
export function endWithFault(fault: ShellFault): void {
  dialog.showErrorBox('Redoubt', faultText(fault));
  app.exit(exitCode);
}

/** Replaces Electron's crash dialogs, which show the stack. SHELL-1: an exception; SHELL-2: a rejection that nobody handled. */
export function installCrashDialogs(): void {
  process.on('uncaughtException', () => endWithFault('SHELL-1'));
  process.on('unhandledRejection', () => endWithFault('SHELL-2'));
}
