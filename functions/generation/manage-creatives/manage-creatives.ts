import { readInputs } from '../../../adapters/generation/open-run.ts';
import { recountCreatives } from '../../../adapters/generation/recount-creatives.ts';
import { entityTag } from '../../../adapters/http/answer-headers.ts';
import type { RouteCases, RouteRequest } from '../../../adapters/http/api-handler.ts';
import type { Lake } from '../../../adapters/lake.ts';
import { moderateAds } from '../../../adapters/moderation/moderate-ads.ts';
import type { Moderator } from '../../../adapters/moderation/moderator.ts';
import { askForReview, closeReviews } from '../../../adapters/reviews/waiting-ads.ts';
import { decodeCursor, encodeCursor } from '../../../adapters/stores/cursor.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { type CreativeRecord, creativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { ModerationThresholds } from '../../../domain/compliance/moderation/judge.ts';
import type { CompiledPolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';
import type { CopyFormat } from '../../../domain/generation/copy/slots.ts';
import { checkContextOf } from '../../../domain/generation/pipeline/check-context.ts';
import { againstText, type CheckContext, findingsOf } from '../../../domain/generation/pipeline/check-creative.ts';
import { withEditedText } from '../../../domain/generation/pipeline/edit-creative.ts';
import { factSheetsOf } from '../../../domain/generation/pipeline/fact-sheets.ts';
import { isBlocked } from '../../../domain/generation/pipeline/is-blocked.ts';
import { shownByOwner } from '../../../domain/generation/pipeline/run-inputs.ts';
import { ofPictures, withFindings } from '../../../domain/generation/pipeline/with-moderation.ts';
import type { PlatformId } from '../../../domain/integrations/platform.ts';

export interface CreativePorts {
  readonly stores: Stores<'generationRuns' | 'creatives' | 'reviews' | 'audit' | 'settings'>;
  readonly lake: Pick<Lake, 'getJson' | 'putJson'>;
  readonly policy: CompiledPolicy;
  readonly moderator: Pick<Moderator, 'texts' | 'pictures'>;
  readonly thresholdsOf: (own: OwnStores) => Promise<ModerationThresholds>;
  readonly formatOf: (platform: PlatformId, format: CopyFormat['format']) => CopyFormat | undefined;
  /** Images with an address that can be opened for some minutes after `at`, the same for the same `at`. Epoch milliseconds. */
  readonly signed: (workspaceId: string, creative: CreativeRecord, at: number) => Promise<CreativeRecord>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type OwnStores = WorkspaceStores<'generationRuns' | 'creatives' | 'reviews' | 'audit' | 'settings'>;

/** Entries of a page when the caller names no limit. */
const defaultLimit = 50;
const addressMs = 15 * 60_000;
/** Until somebody decides, words may be changed. */
const editable: ReadonlySet<CreativeRecord['status']> = new Set(['draft', 'needs-review']);

/** Ads that runs made: list, look into, change their words, take a suggestion. Every change is checked anew. */
export function manageCreatives(ports: CreativePorts) {
  const { stores } = ports;
  /** Addresses stay the same for a quarter of an hour: so does the tag of what holds them. */
  const periodNow = () => Math.floor(ports.now() / addressMs) * addressMs;
  const signed = (workspaceId: string, creative: CreativeRecord) => ports.signed(workspaceId, creative, periodNow());
  const tagsOf = async (workspaceId: string, creative: CreativeRecord): Promise<string[]> => {
    const tags: string[] = [];
    for (const at of [periodNow(), periodNow() - addressMs]) {
      tags.push(entityTag(JSON.stringify(creativeRecord.parse(await ports.signed(workspaceId, creative, at)))));
    }
    return tags;
  };

  async function change(
    { principal, requestId }: RouteRequest<'editCreative' | 'fixCreative'>,
    creative: CreativeRecord,
    texts: readonly { readonly field: string; readonly text: string }[],
  ): Promise<CreativeRecord> {
    const own = stores.forWorkspace(principal.workspaceId);
    if (!editable.has(creative.status)) {
      throw new AppError('conflict', `The ad is ${creative.status}; its words are settled.`);
    }
    const { context, allowed } = await contextOf(ports, own, creative);
    const at = new Date(ports.now()).toISOString();
    const edited = edit(creative, texts, context);
    const byRules = findingsOf(edited, context);
    const [moderated = byRules] = await moderateAds(ports.moderator, principal.workspaceId, [byRules], {
      ...{ allowed, thresholds: await ports.thresholdsOf(own), pictures: false },
    });
    const checked = withFindings(moderated, ofPictures(creative));
    // Whoever let it pass has seen other words.
    const changed = { ...checked, review: null, edited: true, version: creative.version + 1, updatedAt: at };
    if (!(await own.creatives.replace(changed, creative.version))) {
      throw new AppError('precondition-failed', 'Somebody else has changed the ad meanwhile. Read it again.');
    }
    if (isBlocked(changed)) await askForReview(own, changed, { at, changed: true });
    else await closeReviews(own, [changed], at, 'The ad was mended.');
    await recountCreatives(own, creative.runId);
    await own.audit.append([
      {
        ...{ at, action: 'creative.edited' as const, actor: principal.subject, requestId, reason: null },
        ...{ changeId: null, operationId: null, platformRequestId: null, problem: null },
        object: { kind: 'creative', id: creative.id, platformId: null, name: creative.campaignKey },
        before: textsOf(creative, texts),
        after: textsOf(changed, texts),
      },
    ]);
    return signed(principal.workspaceId, changed);
  }

  return {
    async listCreatives({ principal: { workspaceId }, query: { runId, platform, status, limit, cursor } }) {
      const own = stores.forWorkspace(workspaceId);
      const run = await own.generationRuns.get(runId);
      if (run === undefined) throw new AppError('not-found', `There is no run ${runId} in this workspace.`);
      // A run has some hundreds at most: they are put in order after reading.
      const all = (await own.creatives.ofRun(runId))
        .filter(
          (one) =>
            (platform === undefined || one.platform === platform) && (status === undefined || one.status === status),
        )
        .toSorted(
          (a, b) =>
            b.round - a.round ||
            (a.campaignKey < b.campaignKey ? -1 : a.campaignKey > b.campaignKey ? 1 : 0) ||
            b.strength.score - a.strength.score ||
            (a.id < b.id ? -1 : 1),
        );
      const question = [workspaceId, 'creatives', runId, platform, status];
      const [after] = cursor === undefined ? [] : decodeCursor(question, cursor, 1);
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const shown = all.slice(start, start + (limit ?? defaultLimit));
      const last = shown.at(-1);
      return {
        items: await Promise.all(shown.map((one) => signed(workspaceId, one))),
        nextCursor: last !== undefined && start + shown.length < all.length ? encodeCursor(question, [last.id]) : null,
      };
    },

    async getCreative({ principal: { workspaceId }, path: { creativeId } }) {
      return signed(workspaceId, await requireCreative(stores.forWorkspace(workspaceId), creativeId));
    },

    async editCreative(request) {
      const { principal, path, body, ifMatch } = request;
      const creative = await requireCreative(stores.forWorkspace(principal.workspaceId), path.creativeId);
      if (ifMatch === undefined || !(await tagsOf(principal.workspaceId, creative)).includes(ifMatch)) {
        throw new AppError('precondition-failed', 'The ad has changed since you read it. Read it again.');
      }
      return change(request, creative, body.texts);
    },

    async fixCreative(request) {
      const { principal, path, body } = request;
      const creative = await requireCreative(stores.forWorkspace(principal.workspaceId), path.creativeId);
      const finding = creative.findings.find(({ id }) => id === body.findingId);
      if (finding === undefined) {
        throw new AppError('conflict', 'The finding is not there any more: the text was changed. Read the ad again.');
      }
      if (!finding.fixable || finding.fix === null) {
        throw new AppError('conflict', `No wording of ours mends it. ${finding.message}`);
      }
      return change(request, creative, [{ field: finding.field, text: finding.fix.text }]);
    },
  } satisfies RouteCases;
}

async function requireCreative(own: OwnStores, id: string): Promise<CreativeRecord> {
  const creative = await own.creatives.get(id);
  if (creative === undefined) throw new AppError('not-found', `There is no creative ${id} in this workspace.`);
  return creative;
}

async function contextOf(
  ports: CreativePorts,
  own: OwnStores,
  creative: CreativeRecord,
): Promise<{ readonly context: CheckContext; readonly allowed: readonly string[] }> {
  const run = await own.generationRuns.get(creative.runId);
  const format = ports.formatOf(creative.platform, creative.format);
  if (run === undefined || format === undefined) throw new AppError('conflict', 'The run of this ad is gone.');
  const { workspaceId } = own;
  const inputs = await readInputs({ ...ports, stores: own }, { workspaceId, runId: run.id, attempt: run.attempt });
  const sheet = factSheetsOf(inputs, [creative.language], run.startedAt.slice(0, 10)).get(creative.language);
  const today = new Date(ports.now()).toISOString().slice(0, 10);
  return {
    context: checkContextOf(inputs, { policy: ports.policy, format, sheet, today }),
    allowed: shownByOwner(inputs),
  };
}

function edit(
  creative: CreativeRecord,
  texts: readonly { readonly field: string; readonly text: string }[],
  context: CheckContext,
): CreativeRecord {
  const problems: FieldError[] = [];
  let edited = creative;
  for (const { field, text } of texts) {
    const place = edited.texts.find((one) => one.field === field);
    if (place === undefined) {
      problems.push({
        field,
        message: `The ad has no such text; it has ${creative.texts.map((one) => one.field).join(', ')}.`,
      });
      continue;
    }
    const reason = againstText(edited, place, text, context);
    if (reason === null) edited = withEditedText(edited, field, text, context);
    else problems.push({ field, message: reason });
  }
  if (problems.length > 0) {
    throw new AppError('invalid-request', 'These texts cannot stand in the ad; `errors` says why.', {
      fields: problems,
    });
  }
  return edited;
}

const textsOf = (creative: CreativeRecord, texts: readonly { readonly field: string }[]) =>
  Object.fromEntries(
    texts.map(({ field }) => [field, creative.texts.find((one) => one.field === field)?.text ?? null]),
  );
