/** The part of Electron's event object that says whether a listener has prevented the default. */
export interface CancelableEvent {
  readonly preventDefault: () => void;
  readonly defaultPrevented: boolean;
}

/** Makes the first argument of an Electron event, carrying the given fields. */
export function createEvent<T extends object>(fields: T): T & CancelableEvent;
export function createEvent(): CancelableEvent;
export function createEvent(fields: object = {}): CancelableEvent {
  let prevented = false;
  return Object.defineProperties({ ...fields }, {
    preventDefault: { value: () => { prevented = true; } },
    defaultPrevented: { get: () => prevented },
  }) as CancelableEvent;
}
