import type Electron from 'electron';
import { primaryDisplay } from './screen.ts';

/** A window's place and size as the app knows them, whatever shows it. */
export class WindowState {
  #normal: Electron.Rectangle;
  #minimum: readonly [width: number, height: number];
  #isMaximized = false;
  isMinimized = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    const { workArea } = primaryDisplay;
    const [width, height] = [options.width ?? 800, options.height ?? 600];
    this.#normal = this.#clamp({
      x: options.x ?? Math.max(0, Math.round((workArea.width - width) / 2)),
      y: options.y ?? Math.max(0, Math.round((workArea.height - height) / 2)),
      width, height,
    });
  }

  get bounds(): Electron.Rectangle {
    return { ...(this.#isMaximized ? primaryDisplay.workArea : this.#normal) };
  }

  get normalBounds(): Electron.Rectangle {
    return { ...this.#normal };
  }

  get minimumSize(): number[] {
    return [...this.#minimum];
  }

  get isMaximized(): boolean {
    return this.#isMaximized;
  }

  setMaximized(isMaximized: boolean): boolean {
    const isChange = this.#isMaximized !== isMaximized;
    this.#isMaximized = isMaximized;
    return isChange;
  }

  setBounds(part: Partial<Electron.Rectangle>): void {
    this.#isMaximized = false;
    this.#normal = this.#clamp({ ...this.#normal, ...part });
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height];
    this.#normal = this.#clamp(this.#normal);
  }

  #clamp(bounds: Electron.Rectangle): Electron.Rectangle {
    return { ...bounds, width: Math.max(bounds.width, this.#minimum[0]), height: Math.max(bounds.height, this.#minimum[1]) };
  }
}
