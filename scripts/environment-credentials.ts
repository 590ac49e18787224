import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

const provider = '@aws-sdk/credential-provider-node';

/**
 * Lambda gives a function its credentials in the environment. The SDK's default chain can also sign in through SSO, profiles, other
 * processes and instance metadata, which are for laptops and servers: a third of a small bundle, in some twenty files.
 */
export const environmentCredentials = (): Plugin => ({
  name: 'environment-credentials',
  setup({ onResolve, onLoad }) {
    const resolveDir = dirname(createRequire(import.meta.url).resolve(provider));
    onResolve({ filter: new RegExp(`^${provider}$`) }, () => ({
      path: provider,
      namespace: 'environment-credentials',
    }));
    onLoad({ filter: /./, namespace: 'environment-credentials' }, () => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir,
    }));
  },
});
