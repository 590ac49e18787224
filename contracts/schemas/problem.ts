import * as z from 'zod/mini';

/** Every error code a caller can meet, with its HTTP status and title. Closed: a new one is added here. */
export const problemCodes = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflicts with the present state' },
  'precondition-failed': { status: 412, title: 'It has changed since you read it' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported content type' },
  'idempotency-mismatch': { status: 422, title: 'The idempotency key was used for another request' },
  'nothing-accepted': { status: 422, title: 'Nothing of what was sent can be taken' },
  'precondition-required': { status: 428, title: 'Say which version you mean to change' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  timeout: { status: 504, title: 'The request took too long' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof problemCodes;

/** RFC 9457 problem details, the one error format. */
export const problem = z
  .object({
    type: z.string().register(z.globalRegistry, { description: '`https://conext.example/problems/<code>`, stable' }),
    title: z.string(),
    status: z.int(),
    code: z.string().register(z.globalRegistry, { description: 'The last part of `type`' }),
    detail: z.optional(z.string().register(z.globalRegistry, { description: 'What was wrong, where, and what to do' })),
    requestId: z.string(),
    errors: z.optional(
      z
        .array(z.object({ field: z.string(), message: z.string() }))
        .register(z.globalRegistry, { description: 'All invalid fields at once' }),
    ),
  })
  .register(z.globalRegistry, { id: 'Problem', description: 'RFC 9457 problem details' });
export type Problem = z.infer<typeof problem>;

export const problemType = (code: ProblemCode): string => `https://conext.example/problems/${code}`;
