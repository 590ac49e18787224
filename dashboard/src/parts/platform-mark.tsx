import { platformName, platformSeries } from '../format/platforms.ts';

/** A platform by its colour and its name; the colour alone says nothing. */
export function PlatformMark({ platform }: { readonly platform: string }) {
  return (
    <span className="platform-mark">
      <span className="swatch" style={{ background: platformSeries(platform) }} />
      {platformName(platform)}
    </span>
  );
}
