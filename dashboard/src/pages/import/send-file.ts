import type { ConextClient } from '../../../../sdks/javascript/src/client.ts';

/** Bytes turned into text at once: more arguments than this a call does not take. */
const slice = 32_768;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += slice) text += String.fromCharCode(...bytes.subarray(at, at + slice));
  return btoa(text);
}

/** Sends a file part by part; resolves with the import's id. `told` hears the share that has arrived, from 0 to 1. */
export async function sendFile(client: ConextClient, file: File, told: (share: number) => void): Promise<string> {
  const { id, parts, partBytes } = await client.startImport({ body: { fileName: file.name, bytes: file.size } });
  for (let number = 1; number <= parts; number += 1) {
    const part = new Uint8Array(await file.slice((number - 1) * partBytes, number * partBytes).arrayBuffer());
    await client.sendImportPart({ path: { importId: id }, body: { number, content: base64(part) } });
    told(number / parts);
  }
  return id;
}
