import type { ConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import type { OAuthClient } from '../../../adapters/oauth-client.ts';
import type { Secrets } from '../../../adapters/secrets.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import { AppError } from '../../../domain/errors.ts';
import type { AppCredentials, OAuthEndpoints, PlatformAuthorization } from '../../../domain/integrations/oauth.ts';
import type { PlatformDescriptor } from '../../../domain/integrations/platform.ts';

export type ConnectionPlatform = ConnectionRecord['platform'];

export interface ConnectionPorts {
  readonly stores: Stores<'workspace' | 'authorizations' | 'settings' | 'accounts'>;
  readonly secrets: Pick<Secrets, 'connection' | 'app'>;
  readonly keeping: ConnectionSecrets;
  readonly oauth: OAuthClient;
  readonly authorizationOf: (platform: ConnectionPlatform) => PlatformAuthorization;
  readonly descriptorOf: (platform: ConnectionPlatform) => PlatformDescriptor;
  readonly endpointsOf: (platform: ConnectionPlatform) => Promise<OAuthEndpoints>;
  /** The configured version of the platform's API; `undefined` for the descriptor's. */
  readonly versionOf: (workspaceId: string, platform: ConnectionPlatform) => Promise<string | undefined>;
  /** The dashboard's origin: nobody is sent back anywhere else. */
  readonly allowedOrigin: string;
  /** Where operators store our apps, for saying so. */
  readonly secretPrefix: string;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export const noConnection = (id: string): AppError =>
  new AppError('not-found', `There is no connection ${id} in this workspace.`);

/** Our app at a platform, all its fields there. Throws `conflict` with what an operator has to do. */
export async function appAt(ports: ConnectionPorts, platform: ConnectionPlatform): Promise<AppCredentials> {
  const { app: needed } = ports.authorizationOf(platform);
  const app = (await ports.secrets.app(platform)) ?? {};
  const missing = [needed.id, needed.secret, ...needed.others].filter((field) => !app[field]);
  if (missing.length === 0) return app;
  throw new AppError(
    'conflict',
    `Our app at ${ports.descriptorOf(platform).name} is not set up: an operator stores ${missing.join(', ')} in the secret ${ports.secretPrefix}/apps/${platform}.`,
  );
}
