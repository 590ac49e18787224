import type { Lake } from '../../../adapters/lake.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import type { CheckInput } from '../../../contracts/etl.ts';
import { type QualityResult, type QualitySummary, qualitySeverities } from '../../../contracts/schemas/quality.ts';
import { AppError } from '../../../domain/errors.ts';
import { importedConnection } from '../../../domain/integrations/imports/downloaded-report.ts';
import { qualityKey } from '../../../domain/integrations/lake-layout.ts';
import type { PlatformDescriptor } from '../../../domain/integrations/platform.ts';
import type { Rule } from '../../../domain/integrations/quality/check.ts';
import { runChecks } from '../../../domain/integrations/quality/run-checks.ts';
import type { ItemProgress } from '../../../domain/integrations/run-status.ts';
import { loadedImports } from './loaded-imports.ts';
import { readEvidence } from './read-evidence.ts';

/** Milliseconds an account may need. With less left the step ends by itself, and its repeat goes on where it stopped. */
const accountMs = 60_000;

export interface CheckQualityPorts {
  readonly stores: WorkspaceStores<
    'accounts' | 'runs' | 'imports' | 'rollups' | 'quality' | 'campaigns' | 'adGroups' | 'ads'
  >;
  readonly lake: Pick<Lake, 'getPacked' | 'readLines' | 'putLines'>;
  readonly descriptorOf: (platform: AccountRecord['platform']) => PlatformDescriptor;
  /** Rules with the limits that are configured. */
  readonly limits?: (rule: Rule) => Rule;
  readonly now: () => number;
  readonly telemetry: Telemetry;
  /** Milliseconds that may still be spent. */
  readonly remainingMs: () => number;
}

/**
 * Holds what a run published against the table of checks, account by account, and keeps what each says. It judges and changes
 * nothing: facts that were loaded stay, whatever is found. Repeating it is safe.
 */
export async function checkQuality(ports: CheckQualityPorts, { runId, importId }: CheckInput): Promise<QualitySummary> {
  const { stores, telemetry } = ports;
  const run = importId === undefined ? await stores.runs.get(runId) : await importedRun(stores, importId);
  if (!run) throw new AppError('not-found', 'This run does not exist.', { retryable: false });
  const progress = await stores.runs.progress(runId);
  const accounts = expectedAccounts(await stores.accounts.all(), run.accountIds ?? null, progress);
  const imports = await loadedImports(stores);
  const all: QualityResult[] = [];
  for (const account of accounts) {
    const done = await stores.quality.of(runId, account.id);
    // A run that was resumed is judged again: what it published since is newer than what was said.
    if (done?.[0] && run.finishedAt !== null && done[0].checkedAt >= run.finishedAt) {
      all.push(...done);
      continue;
    }
    if (ports.remainingMs() < accountMs) throw new AppError('timeout', 'Accounts are left to check.');
    const items = progress.filter((item) => item.accountId === account.id);
    const imported = imports.get(account.id) ?? [];
    const ofImport = importId !== undefined;
    const evidence = await readEvidence(ports, { runId, account, items, imported, ofImport });
    const shared = {
      ...sharedBy(runId, new Date(ports.now()).toISOString(), account),
      ...(importId !== undefined && { importId }),
    };
    const results = runChecks(evidence, ports.limits).map(
      ({ explained, sample, ...verdict }): QualityResult => ({
        ...shared,
        ...verdict,
        currency: verdict.unit === 'micros' ? account.currency : null,
        explained: [...explained],
        sample: [...sample],
      }),
    );
    await ports.lake.putLines(qualityKey({ workspaceId: stores.workspaceId, runId, subject: account.id }), results);
    await stores.quality.put(runId, account.id, results);
    all.push(...results);
  }
  all.push(...(await unreachedConnections(ports, runId, progress)));
  const summary = summaryOf(all, accounts.length, new Date(ports.now()).toISOString());
  await stores.quality.close(runId, summary);
  telemetry.metric('qualityErrors', summary.error);
  telemetry.metric('qualityWarnings', summary.warning);
  return summary;
}

/** An import is a run of one account that nothing is resumed of: it is judged again whenever it is asked for. */
async function importedRun(
  { imports }: Pick<CheckQualityPorts['stores'], 'imports'>,
  importId: string,
): Promise<{ accountIds: string[]; finishedAt: null } | undefined> {
  const accountId = (await imports.get(importId))?.accountId;
  return accountId ? { accountIds: [accountId], finishedAt: null } : undefined;
}

/**
 * Enabled accounts that the run should have loaded. One that the plan skipped, with its reason, was not expected; nor is one that
 * no connection lists, unless its own import is checked: nobody can be asked for it.
 */
function expectedAccounts(
  accounts: readonly AccountRecord[],
  asked: readonly string[] | null,
  progress: readonly ItemProgress[],
): AccountRecord[] {
  const skipped = new Set(progress.filter(({ stage }) => stage === 'skipped').map(({ accountId }) => accountId));
  const planned = new Set(progress.map(({ accountId }) => accountId));
  return accounts.filter(
    ({ id, status, connectionId }) =>
      status === 'enabled' &&
      !skipped.has(id) &&
      (asked === null ? connectionId !== importedConnection || planned.has(id) : asked.includes(id)),
  );
}

const sharedBy = (runId: string, checkedAt: string, account: AccountRecord) => ({
  runId,
  checkedAt,
  platform: account.platform,
  accountId: account.id,
  accountName: account.name,
});

/** Connections that failed before any account of theirs was known. */
async function unreachedConnections(
  { stores, now }: CheckQualityPorts,
  runId: string,
  progress: readonly ItemProgress[],
): Promise<QualityResult[]> {
  const checkedAt = new Date(now()).toISOString();
  const failed = progress.filter(({ accountId, stage }) => accountId === null && stage === 'failed');
  const results = failed.map(
    ({ platform, accountName, error }): QualityResult => ({
      runId,
      checkedAt,
      check: 'account-loaded',
      step: 'plan',
      severity: 'error',
      message: error ?? 'The connection failed.',
      platform,
      accountId: null,
      accountName,
      grain: null,
      from: null,
      to: null,
      unit: 'accounts',
      expected: null,
      found: 0,
      currency: null,
      explained: [],
      unexplainedMicros: null,
      sample: [],
    }),
  );
  await stores.quality.putOfRun(runId, 'connections', results);
  return results;
}

function summaryOf(results: readonly QualityResult[], accounts: number, checkedAt: string): QualitySummary {
  const counts = Object.fromEntries(
    qualitySeverities.map((severity) => [severity, results.filter((result) => result.severity === severity).length]),
  ) as Pick<QualitySummary, (typeof qualitySeverities)[number]>;
  return { checkedAt, accounts, ...counts };
}
