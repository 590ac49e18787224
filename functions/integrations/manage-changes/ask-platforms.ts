import type { OpenConnectionWriter } from '../../../adapters/connection-writers.ts';
import type { FetchAsset, ReadAsset } from '../../../adapters/outside-fetch.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { ChangeProblem } from '../../../contracts/schemas/change-requests.ts';
import type { Found } from '../../../domain/changes/preview-operation.ts';
import {
  type Places,
  plannedPlaces,
  platformOperation,
  type ResolvedOperation,
} from '../../../domain/changes/resolve-operations.ts';
import { PlatformError } from '../../../domain/integrations/platform.ts';
import type { Creation, PlatformOperation, PlatformWriter } from '../../../domain/integrations/platform-writer.ts';
import type { Known } from './known-things.ts';

/**
 * Objects asked about at the same time, over all connections of a preview; what the platforms permit bounds them further. A hundred that
 * take 400 ms each are then read in five to nine seconds over three platforms, with half of it in up to sixteen.
 */
const concurrency = 16;
/** The gateway waits 29 s; what is not answered by then is told as a problem rather than not at all. */
const previewPatienceMs = 20_000;

export interface AskPorts {
  readonly openWriter: OpenConnectionWriter;
  readonly fetchAsset: FetchAsset;
  readonly readAsset: ReadAsset;
  /** How long a preview waits for platforms and assets together. */
  readonly patienceMs?: number;
}

export interface Asked {
  readonly resolved: ResolvedOperation;
  readonly planned: PlatformOperation | undefined;
  readonly found: Found;
  /** Of an upload: what was fetched. The same has to lie there when it is applied. */
  readonly sha256: string | null;
}

const tooLate = (who: string, patienceMs: number): string =>
  `${who} did not answer within ${patienceMs / 1_000} s; preview it again, with fewer operations`;

const problem = (field: string, reason: string, platformCode: string | null = null): Found => ({
  kind: 'problem',
  problem: { field, reason, platformCode } satisfies ChangeProblem,
});

/**
 * What each platform has now of what the operations are about, made into answers one by one: the bytes of an upload are let go with
 * its answer. Reads only.
 */
export async function askPlatforms<T>(
  ports: AskPorts,
  stores: WorkspaceStores<'workspace' | 'settings'>,
  known: Known,
  operations: readonly ResolvedOperation[],
  answer: (asked: Asked) => T,
): Promise<T[]> {
  const { patienceMs = previewPatienceMs } = ports;
  const signal = AbortSignal.timeout(patienceMs);
  const writers = new Map<string, Promise<PlatformWriter | Found>>();
  const writerOf = (accountId: string): Promise<PlatformWriter | Found> => {
    const connectionId = known.records.get(accountId)?.connectionId ?? '';
    const opened = writers.get(connectionId) ?? openFor(ports, stores, connectionId);
    writers.set(connectionId, opened);
    return opened;
  };
  // Two operations on one object read it once.
  const presents = new Map<string, Promise<Found>>();
  const all = operations.map(({ operation }) => operation);

  async function ask(resolved: ResolvedOperation): Promise<Asked> {
    const { operation, account, object } = resolved;
    let media: Places['media'];
    let sha256: string | null = null;
    if (operation.do === 'upload-asset') {
      const { url, assetId, kind } = operation;
      const fetched =
        assetId === undefined
          ? await ports.fetchAsset(url ?? '', kind, signal)
          : await ports.readAsset(stores.workspaceId, assetId);
      if (fetched.kind === 'refused') {
        const reason = signal.aborted ? tooLate('the addresses of this change', patienceMs) : fetched.reason;
        return {
          resolved,
          planned: undefined,
          found: problem(assetId === undefined ? 'url' : 'assetId', reason),
          sha256,
        };
      }
      media = { bytes: fetched.bytes, contentType: fetched.contentType };
      sha256 = fetched.sha256;
    }
    const planned = platformOperation(operation, plannedPlaces(all, known, media));
    const record = known.records.get(account.id);
    if (record?.status !== 'enabled') {
      return { resolved, planned, found: problem('accountId', 'the account is disabled on the platform'), sha256 };
    }
    const writer = await writerOf(account.id);
    if ('kind' in writer) return { resolved, planned, found: writer, sha256 };
    const { platformId, currency, timeZone, managerPlatformId } = record;
    const accountRef = { platformId, currency, timeZone, ...(managerPlatformId !== null && { managerPlatformId }) };
    if ('target' in planned) {
      const key = object?.id ?? planned.target.platformId;
      const present =
        presents.get(key) ??
        asFound(signal, patienceMs, async () => {
          const read = await writer.present(accountRef, planned.target, { signal });
          return read === undefined ? { kind: 'gone' } : { kind: 'present', object: read };
        });
      presents.set(key, present);
      return { resolved, planned, found: await present, sha256 };
    }
    // What is uploaded twice is one asset; what stands beneath something new cannot be there yet.
    if (planned.do === 'upload-asset' || resolved.after.length > 0) {
      return { resolved, planned, found: { kind: 'new' }, sha256 };
    }
    return {
      resolved,
      planned,
      found: await asFound(signal, patienceMs, () => taken(writer, accountRef, planned, signal)),
      sha256,
    };
  }

  // Uploads one after another: each may be as large as a function can hold.
  let upload: Promise<unknown> = Promise.resolve();
  const answers: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < operations.length; index = next++) {
      const resolved = operations[index];
      if (resolved === undefined) return;
      if (resolved.operation.do !== 'upload-asset') {
        answers[index] = answer(await ask(resolved));
        continue;
      }
      const turn = upload.then(async () => answer(await ask(resolved)));
      upload = turn.catch(() => undefined);
      answers[index] = await turn;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, operations.length) }, work));
  return answers;
}

/** A creation that finds its like would be taken for applied and never made. */
async function taken(
  writer: PlatformWriter,
  account: Parameters<PlatformWriter['made']>[0],
  creation: Creation,
  signal: AbortSignal,
): Promise<Found> {
  const made = await writer.made(account, creation, { operationId: 'preview', requestId: '1' }, { signal });
  return made === undefined ? { kind: 'new' } : { kind: 'taken', platformId: made.platformId };
}

async function openFor(
  ports: AskPorts,
  stores: WorkspaceStores<'workspace' | 'settings'>,
  connectionId: string,
): Promise<PlatformWriter | Found> {
  const connection: ConnectionRecord | undefined = await stores.workspace.connection(connectionId);
  if (connection === undefined)
    return problem('accountId', 'the connection of this account was removed; authorize one');
  if (connection.paused) return problem('accountId', `the connection ${connection.name} is paused; resume it first`);
  try {
    return await ports.openWriter(stores, connection);
  } catch (error) {
    return refusal(error);
  }
}

async function asFound(signal: AbortSignal, patienceMs: number, ask: () => Promise<Found>): Promise<Found> {
  try {
    return await ask();
  } catch (error) {
    if (signal.aborted) return problem('accountId', tooLate('the platform', patienceMs));
    return refusal(error);
  }
}

const advice = {
  unauthorized: 'Authorize the connection again.',
  'rate-limited': 'Preview it again in a while.',
  unavailable: 'Preview it again in a while.',
  rejected: '',
} as const;

/** The platform's own words and code; anything else is a fault of ours and goes on. */
function refusal(error: unknown): Found {
  if (!(error instanceof PlatformError)) throw error;
  return problem('accountId', `${error.message} ${advice[error.kind]}`.trim(), error.platformCode ?? null);
}
