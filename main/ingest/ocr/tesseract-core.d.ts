/** What is used of the package, which has no typings of its own. Names are those of Tesseract's C++ classes (baseapi.h, resultiterator.h). */
declare module 'tesseract.js-core/tesseract-core-relaxedsimd-lstm.js' {
  interface Picture {
    get_w(): number;
    get_h(): number;
    get_d(): number;
    get_spp(): number;
    get_wpl(): number;
    get_data(): number;
  }
  interface WordIterator {
    Begin(): void;
    Next(level: number): boolean;
    Empty(level: number): boolean;
    IsAtBeginningOf(level: number): boolean;
    GetUTF8Text(level: number): string;
    Confidence(level: number): number;
    WordRecognitionLanguage(): string;
    getBoundingBox(level: number): { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
  }
  class TessBaseAPI {
    Init(path: null, languages: string, mode: number): number;
    Clear(): void;
    End(): void;
    SetImageFile(exif: number, angle: number, upscale: boolean): number;
    SetSourceResolution(dpi: number): void;
    GetInputImage(): Picture;
    Recognize(monitor: null): number;
    GetIterator(): WordIterator;
  }
  interface Core {
    readonly TessBaseAPI: typeof TessBaseAPI;
    readonly FS: { writeFile(name: string, bytes: Uint8Array): void };
    getPointer(of: object): number;
    destroy(of: object): void;
  }
  export default function createCore(options: {
    readonly instantiateWasm: (imports: object, done: (instance: object, module: object) => void) => object;
    readonly TesseractProgress: () => void;
    readonly print: () => void;
    readonly printErr: () => void;
  }): Promise<Core>;
}
