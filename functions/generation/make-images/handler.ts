import { readConfig } from '../../../adapters/config.ts';
import { builtInImageModel } from '../../../adapters/images/built-in-image-model.ts';
import { createKeptSigner, makeKey } from '../../../adapters/images/kept-signer.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { campaignInput } from '../../../contracts/generation.ts';
import { campaignShapes } from '../../../platforms/registry.ts';
import { drawCampaign } from './draw-campaign.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const lake = createLake(config);
const stores = createStores(config.state.table, { generationRuns: createGenerationRunStore });
/** Shows that nothing was changed since; each instance of the function has its own, which no list of trust knows. */
const key = makeKey('Conext Ads', Date.now());

export const handler = stepHandler(campaignInput, async (input, { signal }) =>
  drawCampaign(
    {
      stores: stores.forWorkspace(input.workspaceId),
      lake,
      now: Date.now,
      shapeOf: (platform) => campaignShapes[platform],
      maker: { model: builtInImageModel, signer: createKeptSigner(await key) },
      signal,
    },
    input,
  ),
);
