/** The part of Tesseract's WebAssembly build in use; the package ships no types. */
declare module 'tesseract.js-core/tesseract-core-relaxedsimd-lstm.js' {
  export interface Recognizer {
    /** 0 when it stands. `engine` 1 is the neural one. */
    Init(folder: null, languages: string, engine: 1, config: undefined): number;
    SetVariable(name: string, value: string): boolean;
    /** Reads `/input`; 1 when that is no picture. `orientation` as in EXIF, `angle` in radians. */
    SetImageFile(orientation: number, angle: number): number;
    Recognize(monitor: null): number;
    GetJSONText(): string;
    Clear(): void;
  }
  export interface Tesseract {
    readonly FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
    readonly TessBaseAPI: new () => Recognizer;
  }
  const open: (options: {
    readonly wasmBinary: Uint8Array;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }) => Promise<Tesseract>;
  export default open;
}
