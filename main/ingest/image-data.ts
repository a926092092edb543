/** Gives this process the platform's ImageData as far as libavif needs it, which hands its pixels out as one: Node has none. */
export function provideImageData(): void {
  if ('ImageData' in globalThis) return;
  const value = class ImageData {
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;

    constructor(data: Uint8ClampedArray, width: number, height: number) {
      this.data = data;
      this.width = width;
      this.height = height;
    }
  };
  Object.defineProperty(globalThis, 'ImageData', { value, configurable: true });
}
