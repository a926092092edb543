/** The session of every window: in memory, so nothing that a page keeps reaches the disk. */
export const windowPartition = 'redoubt';

/** The settings that make a page harmless. A test reads a real window's against these. */
export const safePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
  partition: windowPartition,
} as const;
