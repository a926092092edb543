import { EventEmitter } from 'node:events';
import { strict, strictClass } from './strict.ts';

let clipboardText = '';

/** Electron's clipboard for text, kept in the process: the desktop's own is left alone. */
export const clipboard = strict('clipboard', {
  readText: () => Promise.resolve(clipboardText),
  writeText(text: string): Promise<void> {
    clipboardText = text;
    return Promise.resolve();
  },
  clear(): void {
    clipboardText = '';
  },
});

/**
 * Electron's powerMonitor. Tests emit its events on it; `powerMonitor.emit('stand-in:idle-time', seconds)` sets what
 * getSystemIdleTime answers.
 */
export class PowerMonitor extends EventEmitter {
  readonly onBatteryPower = false;
  #idleSeconds = 0;

  constructor() {
    super();
    this.on('stand-in:idle-time', (seconds: number) => { this.#idleSeconds = seconds; });
  }

  getSystemIdleTime(): number {
    return this.#idleSeconds;
  }

  getSystemIdleState(thresholdSeconds: number): 'active' | 'idle' {
    return this.#idleSeconds >= thresholdSeconds ? 'idle' : 'active';
  }

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}

/** The one powerMonitor. */
export const powerMonitor = new PowerMonitor();
strictClass('powerMonitor', PowerMonitor);
