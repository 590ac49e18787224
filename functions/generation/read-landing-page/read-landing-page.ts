import type { Lake } from '../../../adapters/lake.ts';
import type { ReadPageAt } from '../../../adapters/landing-page/page-reader.ts';
import { readDocument } from '../../../adapters/landing-page/read-document.ts';
import type { BriefStore } from '../../../adapters/stores/brief-store.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { EventDetail } from '../../../contracts/events.ts';
import type { PageReading } from '../../../contracts/schemas/kept-briefs.ts';
import { AppError } from '../../../domain/errors.ts';
import { draftFromPage, fillOpenFields } from '../../../domain/generation/landing-page/draft-from-page.ts';
import { factsOfPage } from '../../../domain/generation/landing-page/facts-of-page.ts';
import { readPageKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import type { ReadPage } from '../../../domain/generation/pipeline/run-inputs.ts';

export interface ReadingPorts {
  readonly stores: Stores<'briefs'>;
  readonly lake: Pick<Lake, 'putJson'>;
  readonly readPage: ReadPageAt;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Writes against people who write the same brief meanwhile. */
const attempts = 5;

/**
 * Reads the landing page of a brief and writes down what it says, or why it could not be read. An event that comes twice, or after a later
 * reading was asked for, does nothing.
 */
export async function readLandingPage(ports: ReadingPorts, asked: EventDetail<'brief.reading.asked'>): Promise<void> {
  const { briefs } = ports.stores.forWorkspace(asked.workspaceId);
  const url = (await waiting(briefs, asked))?.reading?.url;
  if (url === undefined) return;
  const answer = await ports.readPage(url);
  const endedAt = new Date(ports.now()).toISOString();
  if (answer.kind === 'refused') {
    return writeDown(briefs, asked, (reading) => ({ reading: failed(reading, answer, endedAt), changedAt: endedAt }));
  }
  const page = readDocument(answer.html);
  const read = factsOfPage(page);
  if (read.text.trim() === '') {
    const empty = { ...answer, reason: 'the page has no text: it may be drawn by scripts alone, or ask for a login' };
    return writeDown(briefs, asked, (reading) => ({ reading: failed(reading, empty, endedAt), changedAt: endedAt }));
  }
  const kept: ReadPage = {
    ...{ url, status: answer.status, readAt: endedAt, text: read.text },
    facts: read.facts
      .filter(({ suspicious }) => !suspicious)
      .map(({ id, kind, text, language, start, end }) => ({
        ...{ id, kind, text, language },
        source: { from: 'landing-page' as const, start, end },
      })),
  };
  // First the text that facts quote: a reading that is ready can always be looked up.
  await ports.lake.putJson(readPageKey(asked.workspaceId, asked.briefId), kept);
  const drafted = draftFromPage(page, read, url);
  await writeDown(briefs, asked, (reading, brief) => {
    const { draft, filled } = fillOpenFields(brief, drafted);
    return {
      brief: draft,
      changedAt: endedAt,
      reading: {
        ...reading,
        ...{ status: 'ready', endedAt, httpStatus: answer.status, finalUrl: answer.finalUrl, language: read.language },
        ...{ title: page.title === '' ? null : page.title.slice(0, 300), reason: null, facts: [...read.facts] },
        toConfirm: [...filled],
      },
    };
  });
}

const failed = (
  reading: PageReading,
  {
    status,
    finalUrl,
    reason,
  }: { readonly status: number | null; readonly finalUrl: string | null; readonly reason: string },
  endedAt: string,
): PageReading => ({ ...reading, status: 'failed', endedAt, httpStatus: status, finalUrl, reason });

type Held = NonNullable<Awaited<ReturnType<BriefStore['get']>>>;

/** The brief, if it still waits for this reading and no other. */
async function waiting(
  briefs: BriefStore,
  { briefId, startedAt }: Pick<EventDetail<'brief.reading.asked'>, 'briefId' | 'startedAt'>,
): Promise<Held | undefined> {
  const held = await briefs.get(briefId);
  return held?.reading?.status === 'reading' && held.reading.startedAt === startedAt ? held : undefined;
}

async function writeDown(
  briefs: BriefStore,
  asked: Pick<EventDetail<'brief.reading.asked'>, 'briefId' | 'startedAt'>,
  change: (reading: PageReading, brief: Held['brief']) => Partial<Pick<Held, 'brief' | 'reading' | 'changedAt'>>,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const held = await waiting(briefs, asked);
    if (held === undefined || held.reading === null) return;
    if (await briefs.replace(held, change(held.reading, held.brief))) return;
  }
  throw new AppError('unavailable', `The brief ${asked.briefId} changes faster than its page can be written down.`);
}
