import type { Settings } from '../../../adapters/settings.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import { daysUntilSunset } from '../../../domain/integrations/api-version.ts';
import { connectionState, daysLeft } from '../../../domain/integrations/connections.ts';
import { errorMessage } from '../../../domain/integrations/failure-message.ts';
import type { PlatformDescriptor, PlatformId, PlatformReader } from '../../../domain/integrations/platform.ts';
import { configured } from '../../../domain/integrations/resolved-settings.ts';

export interface CheckPorts {
  readonly stores: Stores<'workspace' | 'settings', 'identity'>;
  readonly settings: Settings;
  readonly openConnection: (
    stores: WorkspaceStores<'workspace' | 'settings'>,
    connection: ConnectionRecord,
  ) => Promise<PlatformReader>;
  readonly descriptorOf: (platform: PlatformId) => PlatformDescriptor;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly remainingMs: () => number;
  readonly signal?: AbortSignal;
}

export interface ConnectionsChecked {
  readonly connections: number;
  readonly failing: number;
  /** Not asked for lack of time; the next load asks them. */
  readonly left: number;
  /** Connections whose grant ends within the alarm's days. */
  readonly grantsNearEnd: number;
  /** Days for which each platform in use still answers the version in use, where it has announced an end. */
  readonly daysUntilSunset: Readonly<Partial<Record<PlatformId, number>>>;
  readonly versionsNearSunset: number;
}

/** One connection is asked only while there is still this much time. */
const reserveMs = 30_000;
/** No single platform holds up the others for longer. */
const patienceMs = 60_000;

/**
 * Asks every platform, once a connection, which accounts it still reaches, and writes the answer down. Tells as metrics what will fail
 * soon: a grant that ends, a version that its platform gives up.
 */
export async function checkConnections(ports: CheckPorts): Promise<ConnectionsChecked> {
  const { stores, settings, telemetry, now } = ports;
  const shared = await settings.shared();
  const inUse = new Set<PlatformId>();
  let connections = 0;
  let failing = 0;
  let left = 0;
  let grantsNearEnd = 0;
  for (const workspaceId of await stores.identity.workspaceIds()) {
    const own = stores.forWorkspace(workspaceId);
    for (const connection of await own.workspace.connections()) {
      if (connection.paused) continue;
      connections += 1;
      inUse.add(connection.platform);
      const { tokenExpiresAt } = connection;
      if (tokenExpiresAt !== null && daysLeft(tokenExpiresAt, now()) <= shared.get('alarm.grant.daysBefore')) {
        grantsNearEnd += 1;
        telemetry.warn('a grant ends soon', { workspaceId, connectionId: connection.id, endsAt: tokenExpiresAt });
      }
      if (ports.remainingMs() < reserveMs) left += 1;
      else if (!(await reaches(ports, own, connection))) failing += 1;
    }
  }

  const today = new Date(now()).toISOString().slice(0, 10);
  const sunsets: Partial<Record<PlatformId, number>> = {};
  for (const platform of inUse) {
    const days = daysUntilSunset(configured(ports.descriptorOf(platform), shared), today);
    if (days === null) continue;
    sunsets[platform] = days;
    telemetry.metric('daysUntilSunset', days, 'Count', { platform });
  }
  const soon = shared.get('alarm.apiVersion.daysBefore');
  const versionsNearSunset = Object.values(sunsets).filter((days) => days <= soon).length;
  telemetry.metric('connectionsFailing', failing);
  telemetry.metric('grantsNearEnd', grantsNearEnd);
  telemetry.metric('versionsNearSunset', versionsNearSunset);
  return { connections, failing, left, grantsNearEnd, daysUntilSunset: sunsets, versionsNearSunset };
}

async function reaches(
  ports: CheckPorts,
  own: WorkspaceStores<'workspace' | 'settings'>,
  connection: ConnectionRecord,
): Promise<boolean> {
  const { workspace } = own;
  const at = () => new Date(ports.now()).toISOString();
  const signal = AbortSignal.any([AbortSignal.timeout(patienceMs), ...(ports.signal ? [ports.signal] : [])]);
  try {
    const reader = await ports.openConnection(own, connection);
    const accounts = await reader.listAccounts({ signal });
    await workspace.recordContact(connection.id, { at: at(), accountsReached: accounts.length });
    return true;
  } catch (error) {
    ports.telemetry.error('a connection failed', error, {
      connectionId: connection.id,
      before: connectionState(connection),
    });
    await workspace.recordContact(connection.id, { at: at(), failure: errorMessage(error) });
    return false;
  }
}
