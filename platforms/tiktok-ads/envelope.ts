import * as z from 'zod/mini';
import { type AnswerContext, errorFromCode, errorFromStatus, unreadableAnswer } from './errors.ts';

const envelope = z.object({
  code: z.number(),
  message: z.optional(z.nullable(z.string())),
  request_id: z.optional(z.nullable(z.string())),
  data: z.optional(z.unknown()),
});

/** The data of an answer with TikTok's name of the call. */
export interface Enveloped<T> {
  readonly data: T;
  readonly requestId: string | undefined;
}

/** Throws `PlatformError` for an answer that is none, one that says no, and one of another shape. */
export const readEnvelope = <T>(
  operation: string,
  status: number,
  text: string,
  shape: z.ZodMiniType<T>,
  context: AnswerContext,
): T => readNamedEnvelope(operation, status, text, shape, context).data;

/** As `readEnvelope`, for callers that keep the name of the call. */
export function readNamedEnvelope<T>(
  operation: string,
  status: number,
  text: string,
  shape: z.ZodMiniType<T>,
  context: AnswerContext,
): Enveloped<T> {
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) {
    if (status !== 200) throw errorFromStatus(status, context);
    throw unreadableAnswer(`${operation} answered what is no JSON envelope`, context);
  }
  const { code, message, request_id, data } = parsed.data;
  const told = { ...context, requestId: request_id ?? undefined };
  if (code !== 0) throw errorFromCode(code, message ?? '', told);
  const read = shape.safeParse(data);
  if (read.success) return { data: read.data, requestId: told.requestId };
  const issue = read.error.issues[0];
  const where = ['data', ...(issue?.path ?? [])].join('.');
  throw unreadableAnswer(`${operation} answered another shape than v1.3 has: ${where}, ${issue?.message}`, told);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
