import { requireAssets } from '../../../adapters/generation/known-assets.ts';
import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { HeldBrief } from '../../../adapters/stores/brief-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { BriefDraft } from '../../../contracts/schemas/briefs.ts';
import { type BriefRecord, briefRecord, mostBriefs, type PageReading } from '../../../contracts/schemas/kept-briefs.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';
import { sameContent } from '../../../domain/changes/same-content.ts';
import { AppError } from '../../../domain/errors.ts';
import { completeBrief } from '../../../domain/generation/complete-brief.ts';
import { factSheet } from '../../../domain/generation/facts.ts';
import { keptEntry } from '../../../domain/generation/kept-entry.ts';
import { requestHashOf } from '../../../domain/generation/request-hash.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';

export interface BriefPorts {
  readonly stores: Stores<'briefs' | 'accounts' | 'assets' | 'audit'>;
  /** Has the landing page of a brief read in the background. */
  readonly askReading: (asked: {
    readonly workspaceId: string;
    readonly briefId: string;
    readonly startedAt: string;
  }) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type Kinds = 'briefs' | 'accounts' | 'assets' | 'audit';
type Asked = Pick<AuditDraft, 'at' | 'actor' | 'requestId'>;
const defaultLimit = 50;

/** Briefs of a workspace: begun by hand or from a page, written bit by bit, archived. */
export function manageBriefs({ stores, askReading, now }: BriefPorts) {
  const at = (): string => new Date(now()).toISOString();
  const shown = (held: HeldBrief): BriefRecord => recordOf(held, at());

  const begin = async (
    own: WorkspaceStores<Kinds>,
    asked: { readonly subject: string; readonly requestId: string; readonly idempotencyKey: string | undefined },
    given: { readonly body: unknown; readonly brief: BriefDraft; readonly reading: PageReading | null },
  ): Promise<HeldBrief> => {
    const key = asked.idempotencyKey;
    const id = key === undefined ? newId('brf', now()) : derivedId('brf', [own.workspaceId, key]);
    const requestHash = key === undefined ? null : requestHashOf(given.body);
    const earlier = await own.briefs.get(id);
    if (earlier !== undefined) {
      if (earlier.requestHash === requestHash) return earlier;
      throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another request. Use a new key.');
    }
    if ((await own.briefs.all()).length >= mostBriefs) {
      throw new AppError('conflict', `A workspace has at most ${mostBriefs} briefs, archived ones included.`);
    }
    await requireAccounts(own, given.brief);
    await requireAssets(own, photosOf(given.brief));
    const made = {
      ...{ id, brief: given.brief, reading: given.reading, archived: false, requestHash },
      ...{ createdAt: at(), createdBy: asked.subject, changedAt: at() },
    };
    const by: Asked = { at: made.createdAt, actor: asked.subject, requestId: asked.requestId };
    const entry = keptEntry('brief.created', { id, name: nameOf(given.brief) }, by, null, given.brief);
    if (!(await own.audit.append([entry], [own.briefs.create(made)]))) throw changedMeanwhile();
    return find(own, id);
  };

  return {
    /** Some hundreds at most: read whole, so that the page is of what is there now. */
    async listBriefs({ principal: { workspaceId }, query: { archived, limit = defaultLimit, cursor } }) {
      const all = (await stores.forWorkspace(workspaceId).briefs.all()).filter(
        (one) => one.archived === (archived === 'true'),
      );
      const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
      const items = all.slice(from, from + limit);
      return {
        items: items.map(shown),
        nextCursor: from + limit < all.length ? (items.at(-1)?.id ?? null) : null,
      };
    },

    getBrief: async ({ principal: { workspaceId }, path: { briefId } }) =>
      shown(await find(stores.forWorkspace(workspaceId), briefId)),

    createBrief: async ({ principal: { workspaceId, subject }, body, idempotencyKey, requestId }) =>
      shown(
        await begin(
          stores.forWorkspace(workspaceId),
          { subject, requestId, idempotencyKey },
          { body, brief: body, reading: null },
        ),
      ),

    async createBriefFromUrl({ principal: { workspaceId, subject }, body, idempotencyKey, requestId }) {
      const held = await begin(
        stores.forWorkspace(workspaceId),
        { subject, requestId, idempotencyKey },
        { body, brief: { landingPageUrl: body.url }, reading: beginReading(body.url, at()) },
      );
      if (held.reading?.status === 'reading') {
        await askReading({ workspaceId, briefId: held.id, startedAt: held.reading.startedAt });
      }
      return shown(held);
    },

    async changeBrief({ principal: { workspaceId, subject }, path: { briefId }, body, ifMatch, requestId }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, briefId);
      requireUnchanged(ifMatch, briefRecord, shown(held));
      const { archived = held.archived, confirmed = [] } = body;
      const brief = withChanges(held.brief, body.brief ?? {}, body.without ?? []);
      await requireAccounts(own, brief);
      await requireAssets(own, photosOf(brief));
      const reading =
        held.reading === null
          ? null
          : {
              ...held.reading,
              // What somebody has written is looked at as well.
              toConfirm: held.reading.toConfirm.filter(
                (field) => !confirmed.includes(field) && !Object.hasOwn(body.brief ?? {}, field.split('.')[0] ?? ''),
              ),
            };
      if (archived === held.archived && sameContent(brief, held.brief) && sameContent(reading, held.reading)) {
        return shown(held);
      }
      const by: Asked = { at: at(), actor: subject, requestId };
      const entry = keptEntry('brief.changed', { id: held.id, name: nameOf(brief) }, by, held.brief, brief);
      const change = { brief, reading, archived, changedAt: by.at };
      if (!(await own.audit.append([entry], [own.briefs.change(held, change)]))) throw changedMeanwhile();
      return shown(await find(own, briefId));
    },

    async readBriefPage({ principal: { workspaceId }, path: { briefId } }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, briefId);
      const url = held.brief.landingPageUrl;
      if (url === undefined) {
        throw new AppError('invalid-request', 'The brief names no landing page.', {
          fields: [{ field: 'landingPageUrl', message: 'is still open' }],
        });
      }
      const startedAt = at();
      if (!(await own.briefs.replace(held, { reading: beginReading(url, startedAt), changedAt: startedAt }))) {
        throw changedMeanwhile();
      }
      await askReading({ workspaceId, briefId, startedAt });
      return shown(await find(own, briefId));
    },
  } satisfies RouteCases;
}

/** As callers see it: what is open and what contradicts itself is worked out anew each time. */
export function recordOf(held: HeldBrief, now: string): BriefRecord {
  const completed = completeBrief(held.brief);
  const findings =
    completed.kind === 'open'
      ? []
      : completed.brief.languages.flatMap(
          (language) => factSheet(completed.brief, language, now.slice(0, 10)).findings,
        );
  return briefRecord.parse({
    ...held,
    reading: held.reading && givenUp(held.reading, now),
    brief: { ...held.brief, ...(held.brief.texts !== undefined && { texts: inOrder(held.brief.texts) }) },
    complete: completed.kind === 'complete',
    open: completed.kind === 'open' ? completed.open : [],
    findings: [...new Map(findings.map((one) => [`${one.ruleId} ${one.field} ${one.message}`, one])).values()],
  });
}

/** A page is waited for ten seconds and asked for some times; a reading that says nothing for so long was lost. */
const readingMs = 10 * 60_000;

/** A reading that nobody will end is shown as failed, so that it can be asked for again. One that ends late after all is shown then. */
const givenUp = (reading: PageReading, now: string): PageReading =>
  reading.status !== 'reading' || Date.parse(now) - Date.parse(reading.startedAt) < readingMs
    ? reading
    : { ...reading, status: 'failed', reason: 'It was not read in time. Have it read again.' };

/** The table gives a map back in any order; the tag of an answer is of its text. */
const inOrder = <T>(texts: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));

const nameOf = ({ product, landingPageUrl }: BriefDraft): string => product?.name ?? landingPageUrl ?? 'A brief';

const beginReading = (url: string, startedAt: string): PageReading => ({
  ...{ url, status: 'reading', startedAt, endedAt: null, httpStatus: null, finalUrl: null, language: null },
  ...{ title: null, reason: null, facts: [], toConfirm: [] },
});

function withChanges(held: BriefDraft, change: BriefDraft, without: readonly (keyof BriefDraft)[]): BriefDraft {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as BriefDraft;
  const product = change.product === undefined ? held.product : { ...held.product, ...change.product };
  const all = { ...held, ...given, ...(product !== undefined && { product }) };
  return Object.fromEntries(
    Object.entries(all).filter(([field]) => !without.some((one) => one === field)),
  ) as BriefDraft;
}

const photosOf = ({ product }: BriefDraft) =>
  (product?.photoAssetIds ?? []).map((id, index) => ({
    ...{ field: `product.photoAssetIds.${index}`, id },
    kind: 'product-photo' as const,
  }));

async function requireAccounts(own: WorkspaceStores<'accounts'>, { platforms = [] }: BriefDraft): Promise<void> {
  const fields = [];
  for (const [index, { accountId }] of platforms.entries()) {
    if ((await own.accounts.get(accountId)) === undefined) {
      fields.push({ field: `platforms.${index}.accountId`, message: 'is no account of this workspace' });
    }
  }
  if (fields.length > 0) throw new AppError('invalid-request', 'An account is not known.', { fields });
}

async function find(own: WorkspaceStores<'briefs'>, id: string): Promise<HeldBrief> {
  const held = await own.briefs.get(id);
  if (held === undefined) throw new AppError('not-found', `There is no brief ${id}.`);
  return held;
}
