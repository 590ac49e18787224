import type { Account } from '../../../sdks/javascript/src/generated/api.ts';
import { platformIds, platformSeries, shortName } from '../format/platforms.ts';
import { navigate, useLocation, withParameters } from '../routing/location.ts';

export type PlatformId = Account['platform'];

/** The platform of the address; undefined for all of them. */
export function usePlatform(): PlatformId | undefined {
  const chosen = new URLSearchParams(useLocation().search).get('platform');
  return platformIds.find((id): id is PlatformId => id === chosen);
}

/** One platform or all of them, kept in the address and carried from page to page. */
export function PlatformFilter() {
  const { path, search } = useLocation();
  const chosen = usePlatform();
  const choose = (platform: string | undefined): void =>
    navigate(path + withParameters(search, { platform, account: undefined, campaign: undefined }), { replace: true });
  return (
    <fieldset className="segments platforms">
      <legend className="unseen">Platform</legend>
      <label>
        <input type="radio" name="platform" checked={chosen === undefined} onChange={() => choose(undefined)} />
        <span>All</span>
      </label>
      {platformIds.map((id) => (
        <label key={id}>
          <input type="radio" name="platform" checked={chosen === id} onChange={() => choose(id)} />
          <span>
            <span className="swatch" style={{ background: platformSeries(id) }} />
            {shortName(id)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
