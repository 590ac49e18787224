import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { Settings } from '../../../adapters/settings.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { settingList } from '../../../contracts/schemas/settings.ts';
import { checkLayer, misplaced } from '../../../contracts/settings.ts';
import { AppError } from '../../../domain/errors.ts';
import { explainSettings } from '../../../domain/integrations/resolved-settings.ts';

export interface SettingsPorts {
  readonly stores: Stores<'settings'>;
  readonly settings: Settings;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Settings as they hold for a workspace, and the workspace's own values. */
export function manageSettings({ stores, settings, now }: SettingsPorts) {
  const present = async (own: WorkspaceStores<'settings'>) => ({
    items: explainSettings(await settings.forWorkspace(own)).map(({ key, definition, value, source, layers }) => ({
      key,
      value,
      source,
      unit: definition.unit,
      description: definition.description,
      form: definition.form,
      workspaceMayChange: definition.layers.includes('workspace'),
      layers: layers.map((one) => ({ ...one })),
    })),
  });
  return {
    listSettings: ({ principal: { workspaceId } }) => present(stores.forWorkspace(workspaceId)),

    async changeSettings({ principal: { workspaceId, subject }, body, ifMatch }) {
      const own = stores.forWorkspace(workspaceId);
      const { values: before, revision } = await own.settings.get();
      requireUnchanged(ifMatch, settingList, await present(own));
      const given = Object.entries(body.values);
      const taken = given.filter(([, value]) => value === null).map(([key]) => key);
      const set = Object.fromEntries(given.filter(([, value]) => value !== null));
      const problems = [
        ...checkLayer('workspace', set).problems,
        // A misspelt key that is to be taken away would be taken for done.
        ...taken.flatMap((key) => {
          const message = misplaced('workspace', key);
          return message === undefined ? [] : [{ key, message }];
        }),
      ];
      if (problems.length > 0) {
        throw new AppError('invalid-request', 'Some settings cannot be so; `errors` lists each with what to send.', {
          fields: problems.map(({ key, message }) => ({ field: key, message })),
        });
      }
      const kept = Object.entries(checkLayer('workspace', before).values).filter(([key]) => !taken.includes(key));
      const values = { ...Object.fromEntries(kept), ...set };
      const at = new Date(now()).toISOString();
      if (!(await own.settings.replace(revision, { values, at, by: subject }))) throw changedMeanwhile();
      return present(own);
    },
  } satisfies RouteCases;
}
