import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { settingList } from '../../contracts/schemas/settings.ts';
import { checkLayer, type SettingValues, type WrittenLayer } from '../../contracts/settings.ts';

/** One layer as it was found. */
export interface FoundLayer {
  readonly values: Partial<SettingValues>;
  /** All that is wrong in it; what is wrong is not among the values. */
  readonly problems: readonly string[];
  /** Where it lies, for people. */
  readonly place: string;
}
/** Layers that were looked at; one that is missing could not be seen, for the reason in `unseen`. */
export interface FoundLayers {
  readonly found: Readonly<Partial<Record<WrittenLayer, FoundLayer>>>;
  readonly unseen: Readonly<Partial<Record<WrittenLayer, string>>>;
}

/** A layer as somebody wrote it, checked. */
export function check(layer: WrittenLayer, given: unknown, place: string): FoundLayer {
  const { values, problems } = checkLayer(layer, given);
  return { values, place, problems: problems.map(({ key, message }) => `${key} ${message}`.trim()) };
}

export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const localJson = z.object({
  apiUrl: z.string(),
  tokenUrl: z.string(),
  workspaceId: z.string(),
  clients: z.record(
    z.string(),
    z.object({ clientId: z.string(), clientSecret: z.string(), scopes: z.array(z.string()) }),
  ),
});

/** The running system on this machine, asked over its own API. */
export async function localLayers(home: string, workspace: string | undefined): Promise<FoundLayers> {
  const text = await readFile(`${home}/local.json`, 'utf8').catch(() => undefined);
  const known = text === undefined ? undefined : localJson.safeParse(parse(text));
  if (!known?.success) {
    const why = 'the system does not run on this machine (npm start)';
    return { found: {}, unseen: { 'parameter-store': why, workspace: why } };
  }
  const { apiUrl, tokenUrl, workspaceId, clients } = known.data;
  if (workspace !== undefined && workspace !== workspaceId) {
    throw new Error(`The system on this machine holds the workspace ${workspaceId} alone, not ${workspace}.`);
  }
  const client = Object.values(clients).find(({ scopes }) => scopes.some((scope) => scope.endsWith('/settings.read')));
  if (client === undefined) throw new Error(`No machine client in ${home}/local.json may read settings.`);
  const grant = await answerOf(
    await fetch(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: client.scopes.join(' ') }),
    }),
    z.object({ access_token: z.string() }),
  );
  const { items } = await answerOf(
    await fetch(`${apiUrl}/v1/settings`, { headers: { authorization: `Bearer ${grant.access_token}` } }),
    settingList,
  );
  const valuesOf = (layer: WrittenLayer): Record<string, unknown> =>
    Object.fromEntries(
      items.flatMap(({ key, layers }) => {
        const set = layers.find((one) => one.layer === layer);
        return set === undefined ? [] : [[key, set.value]];
      }),
    );
  return {
    found: {
      stage: check('stage', valuesOf('stage'), 'settings/local.json as it was at the last build'),
      'parameter-store': check('parameter-store', valuesOf('parameter-store'), 'parameter /conext/local/settings'),
      workspace: check('workspace', valuesOf('workspace'), `workspace ${workspaceId}`),
    },
    unseen: {},
  };
}

async function answerOf<S extends z.ZodMiniType>(response: Response, schema: S): Promise<z.output<S>> {
  if (!response.ok) throw new Error(`${new URL(response.url).pathname} answered ${response.status}.`);
  return schema.parse(await response.json());
}
