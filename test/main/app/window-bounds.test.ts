import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestSize, windowBounds } from '../../../main/app/window-bounds.ts';

const large = { x: 0, y: 0, width: 2560, height: 1440 };

describe('a new window', () => {
  it('has the preferred size where there is room, and the system places it', () => {
    expect(windowBounds(large, null)).toEqual({ width: 1440, height: 900 });
  });

  it('fits a small work area, but never gets smaller than its panes allow', () => {
    expect(windowBounds({ x: 0, y: 0, width: 1280, height: 720 }, null)).toEqual({ width: 1280, height: 720 });
    expect(windowBounds({ x: 0, y: 0, width: 640, height: 400 }, null)).toEqual(smallestSize);
  });

  it('stands beside the one in front, and in the corner when there is no room left', () => {
    const first = { x: 100, y: 80, width: 1440, height: 900 };
    expect(windowBounds(large, first)).toMatchObject({ x: 128, y: 108 });
    expect(windowBounds(large, { ...first, x: 1200 })).toMatchObject({ x: 0, y: 0 });
  });

  it('never begins outside the work area', () => {
    const area = fc.record({ x: fc.integer({ min: -4000, max: 4000 }), y: fc.integer({ min: -4000, max: 4000 }), width: fc.integer({ min: 760, max: 6000 }), height: fc.integer({ min: 560, max: 4000 }) });
    fc.assert(fc.property(area, fc.nat(3000), fc.nat(3000), (work, right, down) => {
      const { x = work.x, y = work.y, width, height } = windowBounds(work, { x: work.x + right, y: work.y + down, width: 800, height: 600 });
      expect(x).toBeGreaterThanOrEqual(work.x);
      expect(y).toBeGreaterThanOrEqual(work.y);
      expect(x + width).toBeLessThanOrEqual(work.x + work.width);
      expect(y + height).toBeLessThanOrEqual(work.y + work.height);
    }));
  });
});
