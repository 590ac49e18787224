/** `{segment.city|your city}`: a value by its name, and what is said where there is none. `{offer.countdown}` has no fallback. */
export interface Token {
  readonly name: string;
  readonly fallback: string;
}

export type Part = { readonly is: 'text'; readonly text: string } | ({ readonly is: 'token' } & Token);

export type Pattern =
  | { readonly kind: 'parsed'; readonly parts: readonly Part[]; readonly tokens: readonly Token[] }
  | { readonly kind: 'malformed'; readonly reason: string };

export const countdownToken = 'offer.countdown';
const token = /\{(segment\.[a-z][a-zA-Z]{1,29})\|([^{}|]{0,200})\}|\{(offer\.countdown)\}/g;
/** More than one changing part of a text of thirty characters says nothing any more. */
const mostTokens = 2;

/** Reads a text with tokens. A token without a fallback, or a brace that belongs to none, is an error of whoever wrote it. */
export function parsePattern(pattern: string): Pattern {
  const parts: Part[] = [];
  const tokens: Token[] = [];
  let from = 0;
  for (const match of pattern.matchAll(token)) {
    if (match.index > from) parts.push({ is: 'text', text: pattern.slice(from, match.index) });
    from = match.index + match[0].length;
    const name = match[1] ?? match[3] ?? '';
    const fallback = (match[2] ?? '').trim();
    if (fallback === '' && name !== countdownToken) {
      return { kind: 'malformed', reason: `${match[0]} has no fallback: write {${name}|what is said without it}.` };
    }
    tokens.push({ name, fallback });
    parts.push({ is: 'token', name, fallback });
  }
  if (from < pattern.length) parts.push({ is: 'text', text: pattern.slice(from) });
  const stray = parts.find((part) => part.is === 'text' && /[{}]/.test(part.text));
  if (stray?.is === 'text') {
    return {
      kind: 'malformed',
      reason: `"${stray.text.trim()}" holds a brace of no token: tokens read {segment.city|your city}.`,
    };
  }
  if (tokens.length > mostTokens) {
    return { kind: 'malformed', reason: `It has ${tokens.length} tokens; a text takes ${mostTokens}.` };
  }
  return { kind: 'parsed', parts, tokens };
}
