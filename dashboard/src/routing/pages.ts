/** Pages at one address each, `/<name>`. */
export const singlePages = [
  'live',
  'campaigns',
  'briefs',
  'brand-kits',
  'reviews',
  'changes',
  'alerts',
  'guardrails',
  'audit',
  'breakdowns',
  'quality',
  'loads',
  'import',
  'connections',
  'settings',
  'pixels',
] as const;
export type SinglePage = (typeof singlePages)[number];

export type PagePlace =
  | { readonly page: 'overview' }
  | { readonly page: SinglePage }
  | { readonly page: 'connection-callback' }
  | { readonly page: 'load'; readonly runId: string }
  | { readonly page: 'change'; readonly changeId: string }
  | { readonly page: 'brief'; readonly briefId: string }
  | { readonly page: 'creation'; readonly runId: string }
  | { readonly page: 'unknown' };

/** Which page a path names. */
export function pageOf(path: string): PagePlace {
  const [first, second, ...rest] = path.split('/').filter((part) => part !== '');
  if (rest.length > 0) return { page: 'unknown' };
  if (first === undefined) return { page: 'overview' };
  if (second === undefined) {
    const page = singlePages.find((name) => name === first);
    return { page: page ?? 'unknown' };
  }
  if (first === 'loads') return { page: 'load', runId: decodeSafely(second) };
  if (first === 'changes') return { page: 'change', changeId: decodeSafely(second) };
  if (first === 'briefs') return { page: 'brief', briefId: decodeSafely(second) };
  if (first === 'creations') return { page: 'creation', runId: decodeSafely(second) };
  if (first === 'connections' && second === 'callback') return { page: 'connection-callback' };
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
