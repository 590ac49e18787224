import { ConextError } from '../../../../sdks/javascript/src/errors.ts';
import type { SettingList } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Link } from '../../routing/link.tsx';
import { SettingLine } from './setting-line.tsx';
import { groupName, groupOf } from './setting-words.ts';

/** Every setting with the layer its value comes from; the workspace's own can be changed. */
export function SettingsPage() {
  const may = useMay('settings.read');
  const mayPixels = useMay('pixels.read');
  const { role } = useSession();
  const asked = useQuery(may ? 'settings' : undefined, (client, signal) => client.listSettings({}, { signal }));
  return (
    <>
      <PageHead
        title="Settings"
        about={
          <>
            What holds in this workspace, and where each value comes from.
            {mayPixels && (
              <>
                {' '}
                <Link href="/pixels">Pixels</Link>
              </>
            )}
          </>
        }
      />
      {!may ? (
        <Empty title="Your role does not see settings">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <>
          {asked.error !== undefined && (
            <ErrorPanel error={asked.error} retry={asked.reload} what="The settings could not be listed" />
          )}
          {asked.data === undefined ? (
            asked.error === undefined && <Skeleton lines={10} what="the settings" />
          ) : (
            <SettingGroups list={asked.data} reload={asked.reload} />
          )}
        </>
      )}
    </>
  );
}

function SettingGroups({ list, reload }: { readonly list: SettingList; readonly reload: () => void }) {
  const { client } = useApi();
  const mayWrite = useMay('settings.write');
  const save = useAction(async (key: string, value: unknown) => {
    try {
      await client.changeSettings({ body: { values: { [key]: value } } }, { ifMatch: tagOf(list) ?? '*' });
    } catch (error) {
      // What is on the screen is old: show what holds now beside the refusal.
      if (error instanceof ConextError && error.status === 412) reload();
      throw error;
    }
    reload();
  });
  return (
    <>
      {save.error !== undefined && (
        <ErrorPanel error={save.error} retry={save.again} what="The setting was not changed" />
      )}
      {[...Map.groupBy(list.items, ({ key }) => groupOf(key))].map(([group, settings]) => (
        <section key={group} className="panel" aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{groupName(group)}</h2>
          <ul className="settings">
            {settings.map((setting) => (
              <SettingLine
                // The draft of a setting ends when its value becomes another one.
                key={`${setting.key} ${JSON.stringify(setting.layers)}`}
                setting={setting}
                mayWrite={mayWrite}
                busy={save.busy}
                save={(value) => void save.run(setting.key, value)}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
