import type { Lake } from '../../../adapters/lake.ts';
import type { ReadPage } from '../../../adapters/pages/page-reader.ts';
import type { BriefStore } from '../../../adapters/stores/brief-store.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { EventDetail } from '../../../contracts/events.ts';
import type { PageReading } from '../../../contracts/schemas/kept-briefs.ts';
import { AppError } from '../../../domain/errors.ts';
import { fillOpenFields } from '../../../domain/generation/landing-page/fill-open-fields.ts';
import { readPageKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { readLandingPage } from './read-landing-page.ts';

export interface ReadingPorts {
  readonly stores: Stores<'briefs'>;
  readonly lake: Pick<Lake, 'putJson'>;
  readonly readPage: ReadPage;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type Asked = EventDetail<'brief.reading.asked'>;
type Held = NonNullable<Awaited<ReturnType<BriefStore['get']>>>;

/** Writes against people who write the same brief meanwhile. */
const attempts = 5;

/**
 * Reads the landing page of a brief and writes down what it says, or why it could not be read. An event that comes twice, or after a later
 * reading was asked for, does nothing.
 */
export async function writeReading({ stores, lake, readPage, now }: ReadingPorts, asked: Asked): Promise<void> {
  const { briefs } = stores.forWorkspace(asked.workspaceId);
  const url = (await waiting(briefs, asked))?.reading?.url;
  if (url === undefined) return;
  // First the text that facts quote: a reading that is ready can always be looked up.
  const keepText = async (page: { readonly sha256: string; readonly text: string }): Promise<void> => {
    await lake.putJson(readPageKey(asked.workspaceId, asked.briefId), { url, ...page });
  };
  const read = await readLandingPage({ readPage, keepText })(url);
  const endedAt = new Date(now()).toISOString();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const held = await waiting(briefs, asked);
    if (held === undefined || held.reading === null) return;
    const { reading, ...change } = outcomeOf(held.brief, held.reading, read);
    if (await briefs.replace(held, { ...change, reading: { ...reading, endedAt }, changedAt: endedAt })) return;
  }
  throw new AppError('unavailable', `The brief ${asked.briefId} changes faster than its page can be written down.`);
}

/** The brief, if it still waits for this reading and no other. */
async function waiting(briefs: BriefStore, { briefId, startedAt }: Asked): Promise<Held | undefined> {
  const held = await briefs.get(briefId);
  return held?.reading?.status === 'reading' && held.reading.startedAt === startedAt ? held : undefined;
}

function outcomeOf(
  brief: Held['brief'],
  reading: PageReading,
  read: Awaited<ReturnType<ReturnType<typeof readLandingPage>>>,
): { readonly reading: PageReading; readonly brief?: Held['brief'] } {
  if (read.kind === 'failed') {
    return { reading: { ...reading, status: 'failed', httpStatus: read.httpStatus, reason: read.reason } };
  }
  const filled = fillOpenFields(brief, read.draft);
  return {
    brief: filled.brief,
    reading: {
      ...reading,
      ...{ status: 'ready', httpStatus: read.httpStatus, finalUrl: read.finalUrl, language: read.language },
      title: read.title?.slice(0, 300) ?? null,
      facts: read.facts.map(({ id, kind, text, language, source: { start, end }, suspicious }) => ({
        ...{ id, kind, text, language, start, end, suspicious },
      })),
      toConfirm: [...filled.toConfirm],
    },
  };
}
