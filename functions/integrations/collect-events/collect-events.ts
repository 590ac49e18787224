import { fieldErrorsOf } from '../../../adapters/http/describe-issues.ts';
import type { PublicCase, PublicRequest } from '../../../adapters/http/public-handler.ts';
import type { PixelOwners } from '../../../adapters/stores/pixel-store.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { EventStream } from '../../../adapters/streams/event-stream.ts';
import type { PlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { spendQuota } from '../../../adapters/streams/spend-quota.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import {
  collectBody,
  collectedEvent,
  type Pixel,
  pixelId as pixelIdSchema,
} from '../../../contracts/schemas/pixels.ts';
import type { ReceivedEvents } from '../../../contracts/schemas/stream-input.ts';
import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { AppError, type AppErrorCode } from '../../../domain/errors.ts';
import { composeEvent, nowhere } from '../../../domain/integrations/streaming/event-input.ts';
import type { EventQuota } from '../../../domain/integrations/streaming/quota.ts';
import { eventOfQuery, pageEvent } from './page-event.ts';

export interface CollectPorts {
  readonly stores: Stores<'quotas'>;
  readonly pixelOf: PixelOwners['find'];
  readonly places: PlaceDirectory;
  readonly stream: EventStream;
  readonly quota: () => Promise<EventQuota>;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * One transparent pixel, GIF89a. It has no palette, and so no byte above 127: the gateway, which knows text alone, passes it on as it is. Its
 * frame begins and ends (LZW's codes 4 and 5, a comma together) without a colour in between, so that nothing is painted.
 */
export const onePixel = 'GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01,\x00;';

/** What pages of the world send. Neither address nor browser of a visitor is read, no cookie is set. */
export function collectEvents(ports: CollectPorts) {
  return {
    async collectEvents(request) {
      return counted(ports.telemetry, async () => {
        const answer = await collect(ports, request, () => readBody(request.body), 'Origin');
        return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
      });
    },

    async collectByImage(request) {
      const { event, consent } = eventOfQuery(request.query);
      // A page gets its image whatever becomes of the event; what was refused is counted.
      await counted(ports.telemetry, () =>
        collect(ports, request, () => ({ events: [event], ...(consent !== undefined && { consent }) }), 'Referer'),
      ).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code === 'internal') {
          ports.telemetry.error('image not counted', error, { requestId: request.requestId });
        }
      });
      return { statusCode: 200, headers: { 'content-type': 'image/gif' }, body: onePixel };
    },
  } satisfies Record<string, PublicCase>;
}

const metric = 'collectRefused';

/** Refusals of whole requests go into the metric by their code. */
async function counted<T>(telemetry: Telemetry, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    telemetry.metric(metric, 1, 'Count', { reason: error instanceof AppError ? error.code : 'internal' });
    throw error;
  }
}

async function collect(
  { stores, pixelOf, places, stream, quota, telemetry, now }: CollectPorts,
  request: PublicRequest,
  read: () => unknown,
  saysOrigin: 'Origin' | 'Referer',
): Promise<ReceivedEvents> {
  const receivedAt = now();
  const { workspaceId, pixel } = await owned(pixelOf, request.path.pixelId);
  requireOrigin(pixel, request, saysOrigin);
  if (!pixel.enabled) throw refusal('forbidden', 'This pixel is switched off.');
  const body = collectBody.safeParse(read(), { reportInput: true });
  if (!body.success) {
    throw new AppError('invalid-request', 'The body is not what a pixel sends; `errors` lists what is wrong.', {
      fields: fieldErrorsOf(body.error.issues, 'body'),
    });
  }
  const { events: sent, consent } = body.data;
  const own = stores.forWorkspace(workspaceId);
  await spendQuota(own.quotas, pixel.id, sent.length, { quota: await quota(), now: receivedAt }, request.tell);

  const optedOut = request.header('dnt') === '1' || request.header('sec-gpc') === '1';
  const [found] = pixel.accountId === null ? [] : await places.find(workspaceId, [{ accountId: pixel.accountId }]);
  // An account that is gone loses nobody's conversions.
  const place = found?.kind === 'found' ? found.place : nowhere;
  const refused: ReceivedEvents['refused'] = [];
  const notes: ReceivedEvents['notes'] = [];
  const accepted: StreamEvent[] = [];
  for (const [index, one] of sent.entries()) {
    const parsed = collectedEvent.safeParse(one, { reportInput: true });
    const composed = parsed.success
      ? composeEvent(pageEvent(parsed.data, pixel, consent), place, {
          workspaceId,
          source: 'pixel',
          receivedAt,
          optedOut,
        })
      : { kind: 'refused' as const, problems: fieldErrorsOf(parsed.error.issues, 'event') };
    const id = parsed.success ? parsed.data.id : null;
    if (composed.kind === 'refused') {
      refused.push({ index, id, problems: [...composed.problems] });
      continue;
    }
    accepted.push(composed.event);
    if (composed.notes.length > 0) notes.push({ index, id, notes: [...composed.notes] });
  }
  if (accepted.length === 0) {
    throw new AppError('nothing-accepted', 'None of it can be taken; `errors` says why.', {
      fields: refused.flatMap(({ index, problems }) =>
        problems.map(({ field, message }) => ({ field: `events.${index}.${field}`, message })),
      ),
    });
  }
  if (refused.length > 0) telemetry.metric(metric, refused.length, 'Count', { reason: 'event' });
  const outcome = await stream.put(accepted);
  if (outcome.refused.length > 0) throw new AppError('unavailable', 'The stream had no room; send it again.');
  return { accepted: accepted.length, refused, notes };
}

async function owned(pixelOf: PixelOwners['find'], pixelId: string | undefined) {
  const named = pixelIdSchema.safeParse(pixelId);
  const found = named.success ? await pixelOf(named.data) : undefined;
  if (found === undefined) throw refusal('not-found', 'There is no such pixel.');
  return found;
}

/**
 * A browser says whose page it is: always with what a script sends, mostly with an image. This keeps strangers' pages from sending by
 * mistake; a program may claim any origin, which is why pixels are within a quota.
 */
function requireOrigin(pixel: Pixel, { header, tell }: PublicRequest, says: 'Origin' | 'Referer'): void {
  const given = header(says);
  if (given === undefined && says === 'Referer') return;
  const origin = given === undefined ? undefined : originOf(given);
  if (origin === undefined || !pixel.origins.includes(origin)) {
    throw refusal('forbidden', 'This pixel takes nothing from this page: add its origin to the pixel.');
  }
  if (says === 'Origin') tell({ 'access-control-allow-origin': origin });
}

function originOf(given: string): string | undefined {
  const origin = URL.parse(given)?.origin;
  return origin === undefined || origin === 'null' ? undefined : origin;
}

const refusal = (code: AppErrorCode, message: string): AppError => new AppError(code, message);

function readBody(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new AppError('invalid-request', 'The body is not valid JSON.', {
      fields: [{ field: 'body', message: 'is not valid JSON' }],
    });
  }
}
