/** The pipeline from brief to change requests over simulated platforms: its real state machine, steps, stores and lake. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { GenerationWorkflow } from '../../../adapters/generation/generation-workflow.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { builtInImageModel } from '../../../adapters/images/built-in-image-model.ts';
import { createKeptSigner, makeKey } from '../../../adapters/images/kept-signer.ts';
import { builtInTextModel } from '../../../adapters/models/built-in-text-model.ts';
import type { TextModel } from '../../../adapters/models/text-model.ts';
import { createModerator } from '../../../adapters/moderation/moderator.ts';
import type { TextVerdict } from '../../../adapters/moderation/text-moderator.ts';
import type { ReadPage } from '../../../adapters/pages/page-reader.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import type { Role } from '../../../contracts/access.ts';
import { manageCreativesRoutes } from '../../../contracts/routes/manage-creatives.ts';
import { manageGenerationRunsRoutes } from '../../../contracts/routes/manage-generation-runs.ts';
import { manageReviewsRoutes } from '../../../contracts/routes/manage-reviews.ts';
import { type CreativeRecord, creativePage, creativeRecord } from '../../../contracts/schemas/creatives.ts';
import {
  type GenerationRunDetail,
  type GenerationStatus,
  generationRun,
  generationRunDetail,
} from '../../../contracts/schemas/generation-runs.ts';
import { compilePolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../domain/compliance/policy/policy-rules.ts';
import type { CopyFormat } from '../../../domain/generation/copy/slots.ts';
import type { RunInputs } from '../../../domain/generation/pipeline/run-inputs.ts';
import type { PlatformId } from '../../../domain/integrations/platform.ts';
import { platformIds } from '../../../domain/integrations/platform.ts';
import { manageReviews } from '../../../functions/compliance/manage-reviews/manage-reviews.ts';
import { askApproval } from '../../../functions/generation/ask-approval/ask-approval.ts';
import { endRun } from '../../../functions/generation/end-generation/end-run.ts';
import { finishCreatives } from '../../../functions/generation/finish-creatives/finish-creatives.ts';
import { gatherFacts } from '../../../functions/generation/gather-facts/gather-facts.ts';
import { launchStep } from '../../../functions/generation/launch-campaigns/launch-step.ts';
import { drawCampaign } from '../../../functions/generation/make-images/draw-campaign.ts';
import { manageCreatives } from '../../../functions/generation/manage-creatives/manage-creatives.ts';
import { manageGenerationRuns } from '../../../functions/generation/manage-generation-runs/manage-generation-runs.ts';
import { makePlan } from '../../../functions/generation/plan-campaigns/make-plan.ts';
import { writeCampaign } from '../../../functions/generation/write-copy/write-campaign.ts';
import { realTimers } from '../../../local/step-functions/timers.ts';
import { campaignShapes, copyFormats, descriptors, textLimits, writeRules } from '../../../platforms/registry.ts';
import { organizationUrn } from '../../../simulator/linkedin-ads/resources/subject.ts';
import { identitiesOf } from '../../../simulator/tiktok-ads/identities.ts';
import { type Answer, callApi } from '../../adapters/http/api-event.ts';
import { briefNamed } from '../../domain/generation/brief-files.ts';
import { MachineRoom } from '../../local/step-functions/machine-room.ts';
import { type Desk, openDesk } from '../integrations/changes/write-desk.ts';

const definition = readFileSync(
  join(import.meta.dirname, '../../../state-machines/campaign-generation.asl.json'),
  'utf8',
);
const policy = compilePolicy(policyRules, textLimits);
const formatOf = (platform: PlatformId, format: CopyFormat['format']) =>
  copyFormats[platform].find((one) => one.format === format);
const knowledge = {
  shapeOf: (platform: PlatformId) => campaignShapes[platform],
  rulesOf: (platform: PlatformId) => writeRules[platform],
  nameOf: (platform: PlatformId) => descriptors[platform].name,
};

export interface GenerationWorld {
  readonly desk: Desk;
  inputs: RunInputs;
  model: TextModel;
  readPage: ReadPage;
  /** What the model that looks at texts answers. */
  looksAt: (text: string) => TextVerdict;
  approvalSeconds: number;
  /** Dies at the step named, once: its error is no error of ours. */
  failAt: string | null;
  /** Steps as the machine called them. */
  readonly called: string[];
  call(
    method: string,
    resource: string,
    given?: {
      path?: Record<string, string>;
      query?: Record<string, string>;
      body?: unknown;
      headers?: Record<string, string>;
      subject?: string;
      role?: Role;
    },
  ): Promise<Answer>;
  start(body?: Record<string, unknown>): Promise<string>;
  /** The run once it has come to one of the statuses. */
  until(runId: string, ...statuses: GenerationStatus[]): Promise<GenerationRunDetail>;
  decide(runId: string, body: Record<string, unknown>): Promise<Answer>;
  creatives(runId: string): Promise<readonly CreativeRecord[]>;
  close(): Promise<void>;
}

const runs = '/v1/pipelines/campaign-generation/runs';
const machine = 'arn:aws:states:eu-central-1:000000000000:stateMachine:campaign-generation';
/** A step that finds nothing to do answers at once: so long nobody waits for a run. */
const patienceMs = 20_000;

class Died extends Error {
  override name = 'Died';
}

export async function openGenerationWorld(): Promise<GenerationWorld> {
  const desk = await openDesk(async () => ({ kind: 'refused', reason: 'there is no internet here' }));
  const { stores } = desk;
  const { lake } = desk.world;
  const { workspaceId } = stores;
  const { brief, businessName: _ } = briefNamed('trail-shoes');
  const now = () => desk.now;
  const called: string[] = [];
  const maker = { model: builtInImageModel, signer: createKeptSigner(await makeKey('Fernhill Outdoor', now())) };

  const step = <P, A>(name: string, work: (payload: P) => Promise<A>) =>
    [
      name,
      async (payload: P): Promise<A> => {
        called.push(name);
        if (world.failAt === name) {
          world.failAt = null;
          throw new Died('The function was ended.');
        }
        return work(payload);
      },
    ] as const;
  const thresholds = { review: 0.6, block: 0.9 };
  const moderator = createModerator(async (texts) => texts.map((text) => world.looksAt(text)), {
    look: async () => ({ kind: 'seen', seen: [] }),
    read: async () => ({ kind: 'read', lines: [] }),
  });
  const ports = {
    moderator,
    thresholds,
    stores,
    rates: desk.world.stores.rates,
    lake,
    now,
    knowledge,
    policy,
    formatOf,
  };
  const room = new MachineRoom({
    timers: realTimers(),
    functions: Object.fromEntries([
      step('GatherFacts', (input: never) => gatherFacts({ ...ports, readPage: (url) => world.readPage(url) }, input)),
      step('PlanCampaigns', (input: never) => makePlan({ ...ports, approvalSeconds: world.approvalSeconds }, input)),
      step('WriteCopy', (input: never) =>
        writeCampaign({ ...ports, model: world.model, shapeOf: knowledge.shapeOf }, input),
      ),
      step('MakeImages', (input: never) => drawCampaign({ ...ports, shapeOf: knowledge.shapeOf, maker }, input)),
      step('FinishCreatives', (input: never) => finishCreatives(ports, input)),
      step('AskApproval', (input: never) =>
        askApproval({ ...ports, workflow, approvalSeconds: world.approvalSeconds }, input),
      ),
      step('LaunchCampaigns', (input: never) => launchStep({ ...ports, waitSeconds: 1 }, input)),
      step('RequestChange', (input: never) => desk.launch(input)),
      step('EndGeneration', (input: never) => endRun({ stores, now }, input)),
    ]),
  });
  await room.define(JSON.parse(definition.replaceAll(/\$\{(\w+)\}/g, '$1')), 'campaign-generation');

  const workflow: GenerationWorkflow = {
    start: async (input) => {
      room.service.start(machine, input, `${input.runId}-${input.attempt}`);
    },
    isUnderWay: async (runId, attempt) => {
      try {
        const arn = `${machine.replace(':stateMachine:', ':execution:')}:${runId}-${attempt}`;
        return room.service.engine.execution(arn).status === 'RUNNING';
      } catch {
        return false;
      }
    },
    answer: async (token, answer) => {
      try {
        room.service.engine.tokens.succeed(token, answer);
        return true;
      } catch {
        return false;
      }
    },
    giveUp: async (token, why) => {
      room.service.engine.tokens.fail(token, 'Run.cancelled', why);
    },
  };

  const options = { allowedOrigin: 'https://app.example', telemetry: createTelemetry({}, () => undefined) };
  const runsApi = apiHandler(
    manageGenerationRunsRoutes,
    manageGenerationRuns({
      stores: desk.world.stores,
      workflow,
      lake,
      inputsOf: async (_workspace, { brief: sent, brandKit = null }) =>
        sent === undefined ? undefined : { ...world.inputs, brief: sent, brandKit },
      now,
    }),
    options,
  );
  const creativesApi = apiHandler(
    manageCreativesRoutes,
    manageCreatives({
      ...{ stores: desk.world.stores, lake, policy, formatOf, now, moderator },
      thresholdsOf: async () => thresholds,
      signed: async (_workspace, creative) => creative,
    }),
    options,
  );

  const reviewsApi = apiHandler(
    manageReviewsRoutes,
    manageReviews({
      ...{ stores: desk.world.stores, now },
      hoursOf: async () => 24,
      signed: async (_workspace, creative) => creative,
    }),
    options,
  );
  const apiOf = (resource: string) =>
    resource.startsWith('/v1/reviews') ? reviewsApi : resource.startsWith('/v1/creatives') ? creativesApi : runsApi;

  const world: GenerationWorld = {
    desk,
    inputs: {
      brief: {
        ...brief,
        dailyBudget: { micros: 300_000_000, currency: 'EUR' },
        platforms: platformIds.map((platform) => ({
          accountId: desk.accountOf(platform),
          page: organizationUrn,
          identity: identitiesOf({ id: '7012345678901230001' })[0]?.identity_id ?? '',
        })),
      },
      brandKit: null,
      page: null,
    },
    model: builtInTextModel,
    readPage: async () => ({ kind: 'failed', status: null, reason: 'there is no internet here' }),
    looksAt: () => ({ kind: 'seen', seen: [] }),
    approvalSeconds: 604_800,
    failAt: null,
    called,
    call: (method, resource, { path, query, body, headers, subject, role } = {}) =>
      callApi(apiOf(resource), {
        ...{
          method,
          resource,
          caller: { workspaceId, ...(subject !== undefined && { subject }), ...(role && { role }) },
        },
        ...(path !== undefined && { path }),
        ...(query !== undefined && { query }),
        headers: { 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    async start(body = {}) {
      const answer = await world.call('POST', runs, { body: { brief: world.inputs.brief, images: false, ...body } });
      if (answer.status !== 202) throw new Error(answer.text);
      return generationRun.parse(answer.body).id;
    },
    async until(runId, ...statuses) {
      const end = Date.now() + patienceMs;
      while (Date.now() < end) {
        const { body } = await world.call('GET', `${runs}/{runId}`, { path: { runId } });
        const detail = generationRunDetail.parse(body);
        if (statuses.includes(detail.status)) return detail;
        await wait(20);
      }
      const { text } = await world.call('GET', `${runs}/{runId}`, { path: { runId } });
      throw new Error(`The run does not come to ${statuses.join(' or ')}: ${text}`);
    },
    decide: (runId, body) => world.call('POST', `${runs}/{runId}/decision`, { path: { runId }, body }),
    async creatives(runId) {
      const items: CreativeRecord[] = [];
      let cursor: string | null = null;
      do {
        const { body } = await world.call('GET', '/v1/creatives', {
          query: { runId, ...(cursor !== null && { cursor }) },
        });
        const page = creativePage.parse(body);
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return items;
    },
    async close() {
      await room[Symbol.asyncDispose]();
      await desk.close();
    },
  };
  return world;
}

export const creativeIn = (answer: Answer): CreativeRecord => creativeRecord.parse(answer.body);
