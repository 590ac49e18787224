import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { createGenerationWorkflow } from '../../../adapters/generation/generation-workflow.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { approvalInput } from '../../../contracts/generation.ts';
import { askApproval } from './ask-approval.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const lake = createLake(config);
const workflow = createGenerationWorkflow(config);
const stores = createStores(config.state.table, { generationRuns: createGenerationRunStore });

export const handler = stepHandler(
  z.extend(approvalInput, { approvalSeconds: z.int() }),
  ({ approvalSeconds, ...input }) =>
    askApproval(
      { stores: stores.forWorkspace(input.workspaceId), lake, workflow, approvalSeconds, now: Date.now },
      input,
    ),
);
