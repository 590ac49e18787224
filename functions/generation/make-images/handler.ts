import { readConfig } from '../../../adapters/config.ts';
import { imageModelFor } from '../../../adapters/images/image-model-for.ts';
import { openManifestSigner } from '../../../adapters/images/open-manifest-signer.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { imagesInput } from '../../../contracts/generation.ts';
import { campaignShapes } from '../../../platforms/registry.ts';
import { drawCampaign } from './draw-campaign.ts';

const config = readConfig(['state', 'lake', 'secrets', 'parameters', 'settings', 'aws', 'credentials']);
const lake = createLake(config);
const stores = createStores(config.state.table, {
  generationRuns: createGenerationRunStore,
  settings: createSettingsStore,
});
const settings = createSettings(config);
let signer: ReturnType<typeof openManifestSigner> | undefined;

export const handler = stepHandler(imagesInput, async (input, { signal }) => {
  // A signer that could not be opened is asked for again with the next step.
  signer ??= openManifestSigner(config, { now: Date.now() }).catch((error: unknown) => {
    signer = undefined;
    throw error;
  });
  const own = stores.forWorkspace(input.workspaceId);
  const model = await imageModelFor(await settings.forWorkspace(own));
  return drawCampaign(
    {
      stores: own,
      lake,
      now: Date.now,
      shapeOf: (platform) => campaignShapes[platform],
      maker: { model, signer: await signer },
      signal,
    },
    input,
  );
});
