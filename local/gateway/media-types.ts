/** Whether `BinaryMediaTypes` covers a media type: exact, `image/*`, or the all-covering `*\/*`. */
export function isBinary(binaryMediaTypes: readonly string[], header: string | undefined): boolean {
  if (binaryMediaTypes.length === 0) return false;
  const type = header?.split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.some(
    (pattern) =>
      pattern === '*/*' || pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1))),
  );
}
