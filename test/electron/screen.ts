import { strict } from './strict.ts';

const area = { x: 0, y: 0, width: 1920, height: 1080 };

/** The display that windows are measured against: there may be none, so it is always the same. */
export const primaryDisplay = strict('Display', {
  id: 1, label: 'stand-in', bounds: area, workArea: area, size: { width: area.width, height: area.height }, workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1, rotation: 0, internal: false, detected: true, touchSupport: 'unknown',
});

/** Electron's screen, with one display. */
export const screen = strict('screen', {
  getPrimaryDisplay: () => primaryDisplay,
  getAllDisplays: () => [primaryDisplay],
  getDisplayNearestPoint: () => primaryDisplay,
  getDisplayMatching: () => primaryDisplay,
  on: () => screen,
});
