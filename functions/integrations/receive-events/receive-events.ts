import type * as z from 'zod/mini';
import type { RouteCases, RouteRequest } from '../../../adapters/http/api-handler.ts';
import { fieldErrorsOf } from '../../../adapters/http/describe-issues.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { EventStream } from '../../../adapters/streams/event-stream.ts';
import type { PlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { spendQuota } from '../../../adapters/streams/spend-quota.ts';
import {
  conversionInput,
  type EventInput,
  eventInput,
  type ReceivedEvents,
  type UserIdentifiers,
} from '../../../contracts/schemas/stream-input.ts';
import type { EventSource } from '../../../contracts/streams/stream-event.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';
import { composeEvent, conversionAsEvent } from '../../../domain/integrations/streaming/event-input.ts';
import type { EventQuota } from '../../../domain/integrations/streaming/quota.ts';

export interface ReceivePorts {
  readonly stores: Stores<'quotas'>;
  readonly places: PlaceDirectory;
  readonly stream: EventStream;
  readonly quota: () => Promise<EventQuota>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One that was sent, read by its schema. */
type Read =
  | { readonly kind: 'read'; readonly input: EventInput; readonly identifiers?: UserIdentifiers | undefined }
  | { readonly kind: 'refused'; readonly id: string | null; readonly problems: readonly FieldError[] };

/** How many problems a refusal of the whole lists; its sender has one mistake in all of them. */
const mostProblems = 100;

/** Events and conversions of senders that hold a token. Each is checked on its own; what is taken goes on the stream. */
export function receiveEvents(ports: ReceivePorts) {
  return {
    receiveEvents: (request) => receive(ports, request, 'api', given(request.body, 'events'), readEvent),
    receiveConversions: (request) =>
      receive(ports, request, 'conversion-api', given(request.body, 'conversions'), readConversion),
  } satisfies RouteCases;
}

/** A list under its name, or the one thing that the body itself is. */
const given = (body: Readonly<Record<string, unknown>>, list: string): readonly unknown[] => {
  const several = body[list];
  return Array.isArray(several) ? several : [body];
};

async function receive(
  { stores, places, stream, quota, now }: ReceivePorts,
  { principal: { workspaceId, subject }, tell }: Pick<RouteRequest<'receiveEvents'>, 'principal' | 'tell'>,
  source: EventSource,
  sent: readonly unknown[],
  read: (one: unknown) => Read,
): Promise<ReceivedEvents> {
  const receivedAt = now();
  const own = stores.forWorkspace(workspaceId);
  await spendQuota(own.quotas, subject, sent.length, { quota: await quota(), now: receivedAt }, tell);

  const reads = sent.map(read);
  const found = await places.find(
    workspaceId,
    reads.map((one) => (one.kind === 'read' ? one.input : {})),
  );
  const refused: ReceivedEvents['refused'] = [];
  const notes: ReceivedEvents['notes'] = [];
  const accepted: { readonly index: number; readonly event: Parameters<EventStream['put']>[0][number] }[] = [];
  for (const [index, one] of reads.entries()) {
    const place = found[index];
    if (one.kind === 'refused' || place === undefined) {
      refused.push({ index, id: one.kind === 'refused' ? one.id : one.input.id, problems: copied(one) });
      continue;
    }
    const { id } = one.input;
    if (place.kind === 'unknown') {
      refused.push({ index, id, problems: [...place.problems] });
      continue;
    }
    const composed = composeEvent(one.input, place.place, { workspaceId, source, receivedAt }, one.identifiers);
    if (composed.kind === 'refused') {
      refused.push({ index, id, problems: [...composed.problems] });
      continue;
    }
    accepted.push({ index, event: composed.event });
    if (composed.notes.length > 0) notes.push({ index, id, notes: [...composed.notes] });
  }
  if (accepted.length === 0) throw nothingAccepted(refused, sent.length);
  const outcome = await stream.put(accepted.map(({ event }) => event));
  if (outcome.refused.length > 0) throw notTaken(outcome.refused.map((place) => accepted[place]?.index ?? 0));
  return { accepted: accepted.length, refused, notes };
}

const copied = (one: Read): FieldError[] => (one.kind === 'refused' ? [...one.problems] : []);

function parsed<S extends z.ZodMiniType>(
  schema: S,
  one: unknown,
): { readonly ok: true; readonly data: z.output<S> } | { readonly ok: false; readonly refusal: Read } {
  const outcome = schema.safeParse(one, { reportInput: true });
  if (outcome.success) return { ok: true, data: outcome.data };
  const id = typeof one === 'object' && one !== null ? Reflect.get(one, 'id') : undefined;
  return {
    ok: false,
    refusal: {
      kind: 'refused',
      id: typeof id === 'string' ? id.slice(0, 128) : null,
      problems: fieldErrorsOf(outcome.error.issues, 'event'),
    },
  };
}

function readEvent(one: unknown): Read {
  const outcome = parsed(eventInput, one);
  return outcome.ok ? { kind: 'read', input: outcome.data } : outcome.refusal;
}

function readConversion(one: unknown): Read {
  const outcome = parsed(conversionInput, one);
  if (!outcome.ok) return outcome.refusal;
  return { kind: 'read', input: conversionAsEvent(outcome.data), identifiers: outcome.data.identifiers };
}

function nothingAccepted(refused: ReceivedEvents['refused'], sent: number): AppError {
  const fields = refused.flatMap(({ index, problems }) =>
    problems.map(({ field, message }) => ({ field: sent === 1 ? field : `${index}.${field}`, message })),
  );
  return new AppError('nothing-accepted', 'None of it can be taken; `errors` says why.', {
    fields: fields.slice(0, mostProblems),
  });
}

/** The sender repeats all of it: what was taken is known by id and time, and counted once. */
const notTaken = (indexes: readonly number[]): AppError =>
  new AppError('unavailable', 'The stream had no room for some of it; send the request again.', {
    fields: indexes.map((index) => ({ field: String(index), message: 'was not taken; send it again' })),
  });
