import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { channels, type ShellReply } from '../../preload/channels.ts';
import { shellCalls, type ShellCallName } from '../../preload/contract/shell.ts';
import { isBundleUrl } from './bundle-path.ts';
import type { EngineHost } from './engine-host.ts';
import type { CallTable, ParsedInput } from './shell-calls.ts';
import type { OpenWindow, Windows } from './windows.ts';

const refused = 'The window may not ask for that.';
const failed = 'This did not work.';

const sentencesBySystemError: Readonly<Record<string, string>> = {
  EACCES: 'This computer does not allow writing there.',
  EPERM: 'This computer does not allow writing there.',
  EROFS: 'That place can only be read.',
  ENOSPC: 'The disk is full.',
  ENOENT: 'That place does not exist.',
};

/** Answers the pages' calls: known sender, parsed input, the call, parsed output, a reply that never rejects. */
export function answerCalls(windows: Windows, host: EngineHost, table: CallTable): void {
  ipcMain.handle(channels.shell, async (event, name: unknown, input: unknown): Promise<ShellReply> => {
    const caller = callerOf(event, windows);
    if (caller === null || !isCallName(name)) return { ok: false, message: refused };
    return run(table, name, input, caller.window);
  });
  ipcMain.on(channels.requestPort, (event) => {
    const caller = callerOf(event, windows);
    if (caller !== null) host.connect(caller.page);
  });
}

/** A failure as a sentence without paths or content: the system's errors by their code, all others the same. */
export function safeSentence(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return sentencesBySystemError[code] ?? failed;
}

async function run<N extends ShellCallName>(table: CallTable, name: N, input: unknown, window: BrowserWindow): Promise<ShellReply> {
  const { input: inputSchema, output: outputSchema } = shellCalls[name];
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) return { ok: false, message: refused };
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed above by this very call's schema, which the compiler cannot follow
    const value = await table[name](parsed.data as ParsedInput<N>, window);
    return { ok: true, value: outputSchema.parse(value) };
  } catch (error) {
    return { ok: false, message: safeSentence(error) };
  }
}

// Only the top frame of a window of ours, while it shows the bundle, is listened to.
function callerOf(event: IpcMainEvent | IpcMainInvokeEvent, windows: Windows): OpenWindow | null {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null || !isBundleUrl(frame.url)) return null;
  return windows.of(event.sender);
}

function isCallName(name: unknown): name is ShellCallName {
  return typeof name === 'string' && Object.hasOwn(shellCalls, name);
}
