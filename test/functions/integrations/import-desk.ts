import type { RouteRequest } from '../../../adapters/http/api-handler.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { etlItem } from '../../../contracts/etl.ts';
import type { ImportPreview, ReportImport } from '../../../contracts/schemas/imports.ts';
import { checkQuality } from '../../../functions/integrations/check-quality/check-quality.ts';
import { importReport } from '../../../functions/integrations/import-report/import-report.ts';
import { loadFacts } from '../../../functions/integrations/load-facts/load-facts.ts';
import { loadImport } from '../../../functions/integrations/load-import/load-import.ts';
import { publishRollups } from '../../../functions/integrations/publish-rollups/publish-rollups.ts';
import { descriptors, downloadedReports } from '../../../platforms/registry.ts';
import type { startPipeline } from './pipeline.ts';

type Pipeline = Awaited<ReturnType<typeof startPipeline>>;

/** The real routes and steps of imports over a test pipeline, in the order of state-machines/import.asl.json. */
export function openDesk({ stores, lake, warehouse, now }: Pipeline) {
  const { workspaceId } = stores;
  const shared = {
    lake,
    reports: Object.values(downloadedReports),
    grainsOf: (platform: keyof typeof descriptors) => descriptors[platform].supports.grains,
    now,
  };
  const bus = { put: async () => undefined };
  const telemetry = createTelemetry({}, () => undefined);
  const steps = { ...shared, stores, warehouse };
  const cases = importReport({
    ...shared,
    stores: { forWorkspace: () => stores },
    workflow: {
      async start(work) {
        try {
          const answer = await loadImport(steps, { ...work, step: 'read' });
          const item = etlItem.parse('item' in answer ? answer.item : undefined);
          await loadFacts(
            { runs: stores.runs, warehouse, now },
            { item, loads: 'loads' in answer ? [...answer.loads] : [] },
          );
          const publish = { stores, lake, warehouse, bus, now, telemetry, remainingMs: () => 600_000 };
          await publishRollups(publish, { workspaceId, runId: work.runId });
          await checkQuality(
            {
              stores,
              lake,
              descriptorOf: (platform) => descriptors[platform],
              now,
              telemetry,
              remainingMs: () => 600_000,
            },
            { workspaceId, runId: work.runId, importId: work.importId },
          );
          await loadImport(steps, { ...work, step: 'finish' });
        } catch (error) {
          const { name, message } = error as Error;
          const caught = { Error: name, Cause: JSON.stringify({ errorMessage: message }) };
          await loadImport(steps, { ...work, step: 'fail', error: caught });
        }
      },
    },
  });
  const ask = <P, B>(path: P, body: B) =>
    ({
      principal: { workspaceId, role: 'owner', scopes: [], subject: 'somebody' },
      path,
      query: {},
      body,
      idempotencyKey: undefined,
      requestId: 'request',
    }) satisfies Omit<RouteRequest<'getImport'>, 'path' | 'body'> & { path: P; body: B };

  async function send(file: Uint8Array, fileName = 'report.csv'): Promise<string> {
    const { id, parts, partBytes } = await cases.startImport(ask({}, { fileName, bytes: file.length }));
    for (let number = 1; number <= parts; number += 1) {
      const part = file.subarray((number - 1) * partBytes, number * partBytes);
      await cases.sendImportPart(ask({ importId: id }, { number, content: Buffer.from(part).toString('base64') }));
    }
    return id;
  }
  type Account = { name: string; currency: string; timeZone: string; platformId?: string };
  return {
    cases,
    ask,
    send,
    preview: (importId: string, choices = {}): Promise<ImportPreview> =>
      cases.previewImport(ask({ importId }, choices)),
    confirm: (importId: string, account: Account | string): Promise<ReportImport> =>
      cases.confirmImport(ask({ importId }, typeof account === 'string' ? { accountId: account } : { account })),
    remove: (importId: string): Promise<ReportImport> => cases.removeImport(ask({ importId }, {})),
    /** The whole way of one file. */
    async load(file: Uint8Array, account: Account | string): Promise<ReportImport> {
      const importId = await send(file);
      await cases.previewImport(ask({ importId }, {}));
      return cases.confirmImport(ask({ importId }, typeof account === 'string' ? { accountId: account } : { account }));
    },
  };
}
