/** The name that an answer gives its file; quotes and paths never occur in one. */
const named = /filename="([\w.-]+)"/;

/** A streamed file whole, or an error when it broke off. `told` hears the bytes that have arrived. */
export async function readFile(
  response: Response,
  otherName: string,
  told: (bytes: number) => void,
): Promise<{ readonly name: string; readonly blob: Blob }> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    parts.push(next.value);
    bytes += next.value.length;
    told(bytes);
  }
  const name = named.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? otherName;
  return { name, blob: new Blob(parts, { type: response.headers.get('content-type') ?? '' }) };
}
