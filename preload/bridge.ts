/**
 * The only door between a page and the rest: puts RedoubtBridge on `window.redoubt` and passes engine ports on. It runs in an
 * isolated world of a sandboxed renderer, is bundled to one file, and judges nothing: the shell parses every call.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels, type ShellReply } from './channels.ts';
import type { EngineNews, portMessage, RedoubtBridge, ShellCallName, ShellInput, ShellOutput } from './contract/shell.ts';

// Spelled out, because importing the value would bundle zod; the type holds it to the contract.
const portArrived: typeof portMessage = 'redoubt:engine-port';

async function shell<N extends ShellCallName>(name: N, input: ShellInput<N>): Promise<ShellOutput<N>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only main/app/calls.ts answers on this channel
  const reply = (await ipcRenderer.invoke(channels.shell, name, input)) as ShellReply;
  if (!reply.ok) throw new Error(reply.message);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed there against this call's output schema
  return reply.value as ShellOutput<N>;
}

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const forward = (_event: unknown, value: T): void => listener(value);
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}

const bridge: RedoubtBridge = {
  shell,
  onEngineNews: (listener) => listen<EngineNews>(channels.engineNews, listener),
  onMaximised: (listener) => listen<boolean>(channels.maximised, listener),
  pathOf: (file) => webUtils.getPathForFile(file),
  requestPort: () => ipcRenderer.send(channels.requestPort),
  platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
};

// A port cannot cross the context bridge; a window message to this origin alone can carry it.
ipcRenderer.on(channels.enginePort, (event) => {
  window.postMessage(portArrived, window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('redoubt', bridge);
