/** A place on the screen, in px. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size of a new window and where to put it; without a place the system centres it. */
export interface WindowBounds {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
}

const preferredSize = { width: 1440, height: 900 };

/** No window gets smaller: below this the panes do not fit. */
export const smallestSize = { width: 760, height: 560 };

/** How far a further window is put from the one in front, so that both are seen. */
const cascadePx = 28;

/** The preferred size as far as the work area allows, never below the smallest, and beside `front` when there is one. */
export function windowBounds(workArea: Area, front: Area | null): WindowBounds {
  const width = Math.max(smallestSize.width, Math.min(preferredSize.width, workArea.width));
  const height = Math.max(smallestSize.height, Math.min(preferredSize.height, workArea.height));
  if (front === null) return { width, height };
  const x = front.x + cascadePx;
  const y = front.y + cascadePx;
  const fits = x + width <= workArea.x + workArea.width && y + height <= workArea.y + workArea.height;
  return { width, height, x: fits ? x : workArea.x, y: fits ? y : workArea.y };
}
