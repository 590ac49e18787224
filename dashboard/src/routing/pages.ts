export type PagePlace =
  | { readonly page: 'overview' }
  | { readonly page: 'campaigns' }
  | { readonly page: 'loads' }
  | { readonly page: 'load'; readonly runId: string }
  | { readonly page: 'unknown' };

/** Which page a path names. */
export function pageOf(path: string): PagePlace {
  const [first, second, ...rest] = path.split('/').filter((part) => part !== '');
  if (rest.length > 0) return { page: 'unknown' };
  if (first === undefined) return { page: 'overview' };
  if (first === 'campaigns' && second === undefined) return { page: 'campaigns' };
  if (first === 'loads') {
    return second === undefined ? { page: 'loads' } : { page: 'load', runId: decodeSafely(second) };
  }
  return { page: 'unknown' };
}

/** A broken escape is part of a name that will not be found, not an error. */
function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
