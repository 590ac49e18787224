import { readConfig } from '../../../adapters/config.ts';
import { builtInImageModel } from '../../../adapters/images/built-in-image-model.ts';
import { openManifestSigner } from '../../../adapters/images/open-manifest-signer.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { campaignInput } from '../../../contracts/generation.ts';
import { campaignShapes } from '../../../platforms/registry.ts';
import { drawCampaign } from './draw-campaign.ts';

const config = readConfig(['state', 'lake', 'secrets', 'aws', 'credentials']);
const lake = createLake(config);
const stores = createStores(config.state.table, { generationRuns: createGenerationRunStore });
let signer: ReturnType<typeof openManifestSigner> | undefined;

export const handler = stepHandler(campaignInput, async (input, { signal }) => {
  // A signer that could not be opened is asked for again with the next step.
  signer ??= openManifestSigner(config, { now: Date.now() }).catch((error: unknown) => {
    signer = undefined;
    throw error;
  });
  return drawCampaign(
    {
      stores: stores.forWorkspace(input.workspaceId),
      lake,
      now: Date.now,
      shapeOf: (platform) => campaignShapes[platform],
      maker: { model: builtInImageModel, signer: await signer },
      signal,
    },
    input,
  );
});
