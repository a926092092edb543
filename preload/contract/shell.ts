/**
 * What a window may ask of the shell (Electron's own process), which holds no keys and no document text. Everything else goes
 * to the engine over the window's port. Inputs are parsed in the shell; the renderer takes only the types.
 */
import * as z from 'zod';

/** Settings of this computer, kept by the shell in plain text: nothing secret may be among them. */
export const shellSettings = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Minutes without a key or pointer before the vault locks. */
  idleMinutes: z.number().int().min(1).max(240).default(10),
  /** Pane widths in px by view and pane: `triage.list`. */
  panes: z.record(z.string(), z.number()).default({}),
  /** False turns the single keys off. */
  singleKeys: z.boolean().default(true),
});
export type ShellSettings = z.infer<typeof shellSettings>;

/** Why the engine that the window talked to is gone, or that a new one is there. */
export const engineNews = z.discriminatedUnion('kind', [
  /** A fresh engine runs and its port is on the way. */
  z.object({ kind: z.literal('started') }),
  /** The vault was locked: the engine was ended, its keys with it. */
  z.object({ kind: z.literal('locked'), reason: z.enum(['key', 'idle', 'suspend', 'screen-lock', 'vault-changed']), at: z.number() }),
  /** It stopped by itself and is being started again, locked. */
  z.object({ kind: z.literal('crashed'), at: z.number() }),
  /** It stopped more than three times within a minute and is left alone. */
  z.object({ kind: z.literal('given-up'), at: z.number() }),
]);
export type EngineNews = z.infer<typeof engineNews>;

export const shellCalls = {
  'window.minimise': { input: z.strictObject({}), output: z.object({}) },
  'window.toggle-maximise': { input: z.strictObject({}), output: z.object({ maximised: z.boolean() }) },
  'window.close': { input: z.strictObject({}), output: z.object({}) },
  'window.new': { input: z.strictObject({}), output: z.object({}) },
  /** Ends the engine within two seconds; every window shows the lock screen. */
  'vault.lock': { input: z.strictObject({}), output: z.object({}) },
  /** Asks for a vault folder and restarts the engine on it; `chosen` is false when the person cancelled. */
  'vault.choose': { input: z.strictObject({}), output: z.object({ chosen: z.boolean() }) },
  'files.choose': { input: z.strictObject({ what: z.enum(['folders', 'files']) }), output: z.object({ paths: z.array(z.string()) }) },
  'files.choose-save-folder': { input: z.strictObject({}), output: z.object({ path: z.string().nullable() }) },
  /** Writes a text the person chose to keep (the recovery code) to a file the person chose. */
  'files.save-text': { input: z.strictObject({ suggestedName: z.string().max(200), text: z.string().max(100_000) }), output: z.object({ saved: z.boolean() }) },
  'page.print': { input: z.strictObject({}), output: z.object({ printed: z.boolean() }) },
  'clipboard.write': { input: z.strictObject({ text: z.string().max(1_000_000) }), output: z.object({}) },
  'settings.get': { input: z.strictObject({}), output: shellSettings },
  'settings.set': { input: shellSettings.partial(), output: shellSettings },
  /** The last news about the engine, for a window that opens after it. */
  'engine.news': { input: z.strictObject({}), output: z.object({ news: engineNews.nullable() }) },
  'engine.restart': { input: z.strictObject({}), output: z.object({}) },
  'about': { input: z.strictObject({}), output: z.object({ version: z.string(), platform: z.string(), standIn: z.boolean() }) },
};

export type ShellCalls = typeof shellCalls;
export type ShellCallName = keyof ShellCalls;
export type ShellInput<N extends ShellCallName> = z.input<ShellCalls[N]['input']>;
export type ShellOutput<N extends ShellCallName> = z.output<ShellCalls[N]['output']>;

/** The object that the bridge puts on `window.redoubt`. Ports arrive as window messages whose data is `portMessage`. */
export interface RedoubtBridge {
  /** Calls the shell. Rejects with an Error whose message is safe to show. */
  readonly shell: <N extends ShellCallName>(name: N, input: ShellInput<N>) => Promise<ShellOutput<N>>;
  /** Calls back on every piece of news about the engine; returns a function that stops it. */
  readonly onEngineNews: (listener: (news: EngineNews) => void) => () => void;
  /** Calls back with true or false when the window is maximised or restored. */
  readonly onMaximised: (listener: (maximised: boolean) => void) => () => void;
  /** The path on disk of a dropped file; '' when it has none. */
  readonly pathOf: (file: File) => string;
  /** Asks for an engine port; it arrives as a message event on window with data `portMessage` and one port. */
  readonly requestPort: () => void;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

/** `data` of the window message that carries an engine port. */
export const portMessage = 'redoubt:engine-port';
