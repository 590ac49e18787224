import { createHash } from 'node:crypto';

/** On every answer, errors included. The API serves data only, so nothing may be framed, run or guessed from it. */
const always = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

/** Headers of the dashboard's origin (no cookies are used, so no credentials are allowed) and of the request. */
export function answerHeaders(requestId: string, allowedOrigin: string | undefined): Record<string, string> {
  return {
    ...always,
    ...(allowedOrigin !== undefined && { 'access-control-allow-origin': allowedOrigin }),
    'access-control-expose-headers': 'ETag, Retry-After, X-Request-Id',
    vary: 'Origin',
    'x-request-id': requestId,
  };
}

/** A strong validator of the very bytes. */
export const entityTag = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/** Whether `If-None-Match` names the tag; weak comparison, as RFC 9110 asks for GET. */
export function matchesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((part) => {
    const given = part.trim();
    return given === '*' || given.replace(/^W\//, '') === tag;
  });
}
