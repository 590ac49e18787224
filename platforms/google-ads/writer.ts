import type { Targeting } from '../../contracts/schemas/changes.ts';
import { type AccountRef, type PlatformAccess, PlatformError } from '../../domain/integrations/platform.ts';
import type {
  Creation,
  ObjectAddress,
  PlatformOperation,
  PlatformOperationOf,
  PlatformWriter,
  PresentObject,
  WriteKey,
  WriteOptions,
  Written,
} from '../../domain/integrations/platform-writer.ts';
import { RawFields, UnusableField } from '../raw-fields.ts';
import { defaultReadPolicy, type ReadPolicy } from '../read-policy.ts';
import { Calls } from './calls.ts';
import { GoogleAdsCustomer, type Mutated, type Mutation } from './client.ts';
import {
  adGroupRequest,
  assetGroupRequest,
  audienceSetting,
  campaignRequest,
  imageRequest,
  type Request,
  searchAdRequest,
} from './write-creations.ts';
import { criteriaOf, criteriaQuery, differences, presentCriteria } from './write-criteria.ts';
import { findMade } from './write-made.ts';
import { idIn, type Names, namesOf } from './write-names.ts';
import { campaignQuery, type RunQuery, readPresent } from './write-present.ts';
import { googleAdsWriteRules } from './write-rules.ts';
import { resourceOf, updateOf } from './write-updates.ts';

/** Writers answer people and leases: a read is given up sooner than a report's, a write after half a minute. */
const writePolicy: ReadPolicy = { ...defaultReadPolicy, answerTimeoutMs: 30_000, totalTimeoutMs: 60_000 };

/** Opens the writing side of Google Ads for one connection. */
export async function openGoogleAdsWriter(
  access: PlatformAccess,
  options: { readonly policy?: Partial<ReadPolicy> } = {},
): Promise<PlatformWriter> {
  return new GoogleAdsWriter(new Calls(access, { ...writePolicy, ...options.policy }));
}

class GoogleAdsWriter implements PlatformWriter {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async present(
    account: AccountRef,
    target: ObjectAddress,
    options: WriteOptions = {},
  ): Promise<PresentObject | undefined> {
    return readable(() => readPresent(this.#run(account, options.signal), account, target));
  }

  async made(
    account: AccountRef,
    creation: Creation,
    _key: WriteKey,
    options: WriteOptions = {},
  ): Promise<Written | undefined> {
    const platformId = await readable(() => findMade(this.#run(account, options.signal), creation));
    return platformId === undefined ? undefined : { platformId, platformRequestId: null };
  }

  async apply(
    account: AccountRef,
    operation: PlatformOperation,
    _key: WriteKey,
    options: WriteOptions = {},
  ): Promise<Written> {
    assertPossible(operation, account);
    const { signal } = options;
    const names = namesOf(account.platformId);
    switch (operation.do) {
      case 'set-status':
      case 'rename':
      case 'remove':
      case 'set-bidding':
        return this.#changed(account, operation.target, [updateOf(operation, names)], signal);
      case 'set-daily-budget':
        return this.#setBudget(account, operation, signal);
      case 'set-targeting':
        return this.#setTargeting(account, operation, names, signal);
      default:
        return this.#create(account, creationRequest(operation, names), signal);
    }
  }

  async #create(account: AccountRef, { mutations, subject }: Request, signal: AbortSignal | undefined) {
    const { resourceNames, requestId } = await this.#mutate(account, mutations, signal);
    return { platformId: idIn(resourceNames[subject] ?? ''), platformRequestId: requestId };
  }

  async #changed(
    account: AccountRef,
    target: ObjectAddress,
    mutations: readonly Mutation[],
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const { platformId } = target;
    // Everything is as it is to be: there is nothing to send.
    if (mutations.length === 0) return { platformId, platformRequestId: null };
    const { requestId } = await this.#mutate(account, mutations, signal);
    return { platformId, platformRequestId: requestId };
  }

  async #setBudget(
    account: AccountRef,
    { target, dailyBudget }: PlatformOperationOf<'set-daily-budget'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const [raw] = await this.#run(account, signal)(campaignQuery(target.platformId));
    if (raw === undefined) throw refused('RESOURCE_NOT_FOUND', `there is no campaign ${target.platformId}`);
    const row = new RawFields(raw);
    const { budget, shared, period } = readableNow(() => ({
      budget: row.text('campaignBudget.resourceName'),
      shared: row.flag('campaignBudget.explicitlyShared'),
      period: row.optionalText('campaignBudget.period'),
    }));
    if (shared)
      throw refused(
        'SHARED_BUDGET',
        `campaign ${target.platformId} draws on a budget that other campaigns share; change it on Google Ads, or give the campaign one of its own`,
      );
    if (period !== 'DAILY')
      throw refused('NO_DAILY_BUDGET', `campaign ${target.platformId} has a budget for its whole flight, none a day`);
    const mutation = {
      entity: 'campaign_budget',
      operation: 'update',
      resource: { resource_name: budget, amount_micros: dailyBudget.micros },
    } as const;
    return this.#changed(account, target, [mutation], signal);
  }

  /** What is missing is added and what is too much taken away, in one request: nobody sees half of it. */
  async #setTargeting(
    account: AccountRef,
    { target, targeting }: PlatformOperationOf<'set-targeting'>,
    names: Names,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const kind = target.kind === 'campaign' ? 'campaign' : 'ad-group';
    const rows = await this.#run(account, signal)(criteriaQuery(kind, target.platformId));
    const present = readableNow(() => presentCriteria(kind, rows));
    const { add, remove } = differences(targeting, criteriaOf(targeting, names.userList), present);
    const { entity: parent, name } = resourceOf(target, names);
    const entity = `${parent}_criterion`;
    const mutations: Mutation[] = [
      ...remove.map(({ resourceName }) => ({ entity, operation: 'remove' as const, resource: resourceName })),
      ...add.map(({ fields }) => ({ entity, operation: 'create' as const, resource: { [parent]: name, ...fields } })),
    ];
    const restricts = restriction(targeting, mutations);
    if (restricts !== undefined)
      mutations.push({
        entity: 'ad_group',
        operation: 'update',
        resource: { resource_name: name, ...audienceSetting(restricts) },
      });
    return this.#changed(account, target, mutations, signal);
  }

  #run(account: AccountRef, signal: AbortSignal | undefined): RunQuery {
    return (query) =>
      this.#calls.reading(signal, async () => {
        const rows: Readonly<Record<string, unknown>>[] = [];
        for await (const row of this.#customer(account, signal).rows(query)) rows.push(row);
        return rows;
      });
  }

  #mutate(account: AccountRef, mutations: readonly Mutation[], signal: AbortSignal | undefined): Promise<Mutated> {
    return this.#calls.writing(signal, () => this.#customer(account, signal).mutate(mutations));
  }

  #customer(account: AccountRef, signal: AbortSignal | undefined): GoogleAdsCustomer {
    const { platformId, managerPlatformId } = account;
    return new GoogleAdsCustomer(this.#calls.connection, {
      customerId: platformId,
      loginCustomerId: managerPlatformId,
      signal,
    });
  }
}

function creationRequest(operation: Creation, names: Names): Request {
  switch (operation.do) {
    case 'create-campaign':
      return campaignRequest(operation, names);
    case 'create-ad-group':
      return adGroupRequest(operation, names);
    case 'upload-asset':
      return imageRequest(operation);
    case 'create-ad':
      if (operation.creative.format === 'asset-group') return assetGroupRequest(operation, operation.creative, names);
      if (operation.creative.format === 'responsive-search')
        return searchAdRequest(operation, operation.creative, names);
      throw refused('UNSUPPORTED', `Google Ads has no ${operation.creative.format}`);
  }
}

/** A list of audiences restricts whom the ad group reaches, an empty one does not; `undefined` when that side is not touched. */
function restriction({ audiences }: Targeting, mutations: readonly Mutation[]): boolean | undefined {
  return audiences === undefined || mutations.length === 0 ? undefined : audiences.length > 0;
}

/** The last check before the platform: whoever comes here without a preview is told the same. */
function assertPossible(operation: PlatformOperation, account: AccountRef): void {
  const [objection, ...more] = googleAdsWriteRules.objections(operation, account);
  if (objection === undefined) return;
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  throw refused('NOT_SUPPORTED', `${objection.field}: ${objection.reason}${rest}`);
}

const refused = (platformCode: string, message: string): PlatformError =>
  new PlatformError('rejected', `Google Ads ${platformCode}: ${message}.`, { platform: 'google-ads', platformCode });

/** An answer that lacks what it must hold is no answer. */
function unreadable(error: unknown): unknown {
  if (!(error instanceof UnusableField)) return error;
  const { field, reason } = error.rejection;
  return new PlatformError('unavailable', `Google Ads UNREADABLE_ANSWER: ${field}: ${reason}`, {
    platform: 'google-ads',
    platformCode: 'UNREADABLE_ANSWER',
  });
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(error);
  }
}

function readableNow<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(error);
  }
}
