/**
 * Processes for work that may crash, hang or be attacked: starting them, watching them, ending them, and taking from them what they
 * have no business with. One port, ProcessHost, with two implementations: plain Node processes (nodeProcessHost) and utility
 * processes asked of the shell (shellProcessHost); test/conformance/process-host.test.ts runs on both. This folder knows nothing of
 * documents, and it never opens a socket or reads a file of a case. And worker threads for what is only computing: worker-thread.ts is
 * the owner's side, serve-thread.ts the thread's.
 *
 * Decisions. A child is named by an entry of a fixed list, so that no message can start another program. Walls are layered and
 * `isolation()` says which stand: a root folder of its own, an empty network and the kernel's limits where Linux allows them (jail.ts), Node's permission model where the
 * child is plain Node, and always the child's own program refusing network, processes, threads and native code before it loads
 * a parser. Probing for namespaces happens once and fails silently into the next wall; nothing refuses to start for want of it.
 * A watch has no timer: the owner asks it while there is work, so an idle program wakes nobody.
 */
export { blockNetwork } from './block-network.ts';
export { entryFile } from './child-entry-files.ts';
export type { EntryFile } from './child-entry-files.ts';
export { connectToParent } from './child-port.ts';
export type { ChildPort } from './child-port.ts';
export { giveWay } from './give-way.ts';
export { monotonicClock, processorMsOf, residentMbOf, watchChild } from './limits.ts';
export type { Excess, TaskLimits, Watch } from './limits.ts';
export { nodeProcessHost } from './node-process-host.ts';
export type { NodeProcessHostOptions } from './node-process-host.ts';
export type { ChildEntry, ChildExit, ChildHandle, ChildHeapLimit, Isolation, ProcessHost } from './process-host.ts';
export { tenTimesASecond } from './progress.ts';
export type { Progress } from './progress.ts';
export { closeSideDoors } from './side-doors.ts';
export { serveRequests, serveThread, startedWith, type ThreadContext, type ThreadHandlers } from './serve-thread.ts';
export { shellProcessHost } from './shell-process-host.ts';
export type { ShellAnswer, ShellLink, ShellPort, ShellRequest } from './shell-process-host.ts';
export { threadEntry } from './thread-entry.ts';
export type { ThreadRequests } from './thread-messages.ts';
export { createWorkerThread, type AskOptions, type WorkerThread } from './worker-thread.ts';
