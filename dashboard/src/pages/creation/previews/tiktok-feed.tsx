import { useState } from 'react';
import type { GeneratedCreative } from '../../../../../sdks/javascript/src/generated/api.ts';
import { imageFor, siteOf, spoken, textAt } from '../ad-texts.ts';
import { actionNames } from './action-names.ts';
import { AdImage } from './ad-image.tsx';

/** An ad between videos on a phone, with what TikTok lays over it. */
export function TikTokPreview({ creative }: { readonly creative: GeneratedCreative }) {
  const [safe, setSafe] = useState(false);
  const image = imageFor(creative, ['tall', 'portrait', 'square']);
  const name = textAt(creative, 'displayName') || siteOf(creative.landingPageUrl);
  return (
    <div className="ad-frame tiktok">
      <div className="ad-face phone">
        {image !== undefined && <AdImage image={image} />}
        {safe && <div className="ad-covered" aria-hidden="true" />}
        <ul className="ad-rail" aria-hidden="true">
          <li>♥</li>
          <li>…</li>
          <li>↗</li>
        </ul>
        <div className="ad-over">
          <p className="ad-name">{name}</p>
          <p>{spoken(textAt(creative, 'text'))}</p>
          <p className="ad-label">Sponsored</p>
          <p className="ad-action">{actionNames[creative.callToAction]}</p>
        </div>
      </div>
      <label className="check">
        <input type="checkbox" checked={safe} onChange={({ target }) => setSafe(target.checked)} />
        <span>Show what TikTok covers</span>
      </label>
    </div>
  );
}
