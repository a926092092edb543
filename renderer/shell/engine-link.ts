/**
 * The window's link to its engine. The shell sends a port as a window message; news says that an engine ended or a new one runs.
 * When one ends, everything the window knew from it is forgotten: the keys are gone, so must be what they opened.
 */
import type { EngineNews } from '../../preload/contract/shell.ts';
import { bridge } from '../lib/bridge.ts';
import { dropPort, isEngineError, usePort as takePort } from '../lib/client.ts';
import { useAddFiles } from '../lib/add-files.ts';
import { useEngineState } from '../lib/engine-state.ts';
import { useNavigation } from '../lib/navigation.ts';
import { queryClient, watchEvents } from '../lib/queries.ts';
import { toasts } from '../lib/toasts.ts';

// The contract's value, which the renderer may not import; its type is checked against it.
const portMessage: typeof import('../../preload/contract/shell.ts').portMessage = 'redoubt:engine-port';

const initialNavigation = useNavigation.getInitialState();
const initialAddFiles = useAddFiles.getInitialState();

let watching: AbortController | null = null;

function forget(): void {
  watching?.abort(new Error('The engine ended.'));
  watching = null;
  dropPort();
  queryClient.clear();
  toasts.close();
  useNavigation.setState(initialNavigation, true);
  useAddFiles.setState(initialAddFiles, true);
  useEngineState.setState({ connected: false, savedAt: null, settingUp: false });
}

function connect(port: MessagePort): void {
  watching?.abort(new Error('Another port came.'));
  takePort(port);
  useEngineState.setState({ connected: true });
  const controller = new AbortController();
  watching = controller;
  watchEvents(controller.signal, (event) => {
    if (event.topic !== 'network') useEngineState.setState({ savedAt: event.at });
  }).catch((error: unknown) => {
    // An aborted watch ends with its reason, and a closed one because the engine is gone: both are told by the news.
    if (!controller.signal.aborted && !isEngineError(error, 'bridge.closed')) console.error('Events stopped.', error);
  });
  // Whatever was asked before this port came has failed with it, once its promises have settled; it is asked again.
  setTimeout(() => { void queryClient.invalidateQueries(); }, 0);
}

function hear(news: EngineNews): void {
  if (news.kind === 'started') {
    // The shell joins the windows it knows to a fresh engine by itself; asking twice would only drop the first port's calls.
    if (!useEngineState.getState().connected) bridge.requestPort();
    return;
  }
  forget();
  useEngineState.setState({ ended: news });
}

/** Listens for ports and news, catches up with news from before this window, and asks for the first port. Call it once. */
export function linkEngine(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source === window && event.data === portMessage && port !== undefined) connect(port);
  });
  bridge.onEngineNews(hear);
  bridge.shell('engine.news', {}).then(({ news }) => {
    // The shell keeps such news until the vault is unlocked: a window that was replaced by a lock learns here why.
    if (news !== null && news.kind !== 'started' && useEngineState.getState().ended === null) useEngineState.setState({ ended: news });
  }, (error: unknown) => { console.error('The last news of the engine could not be read.', error); });
  bridge.requestPort();
}
