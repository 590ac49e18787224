import { useState } from 'react';
import type { GeneratedCreative } from '../../../../../sdks/javascript/src/generated/api.ts';
import { spoken, textAt, textsAt } from '../ad-texts.ts';
import { AdImage } from './ad-image.tsx';

/** An asset group in the sizes it may be shown in; Google chooses size and texts. */
export function PerformanceMaxPreview({ creative }: { readonly creative: GeneratedCreative }) {
  const [chosen, setChosen] = useState(0);
  const image = creative.images[chosen] ?? creative.images[0];
  const [long, headline] = [textAt(creative, 'longHeadlines'), textAt(creative, 'headlines')];
  return (
    <div className="ad-frame performance-max">
      <div className="ad-face">
        {image !== undefined && <AdImage image={image} />}
        <p className="ad-title">{spoken(long === '' ? headline : long)}</p>
        <p className="ad-body">{spoken(textsAt(creative, 'descriptions').at(-1) ?? '')}</p>
        <p className="ad-foot">
          <span className="ad-label">Ad</span> {textAt(creative, 'businessName')}
          <span className="ad-action" aria-hidden="true">
            Open
          </span>
        </p>
      </div>
      {creative.images.length > 1 && (
        <div className="ad-sizes">
          {creative.images.map(({ assetId, size }, index) => (
            <button
              key={assetId}
              type="button"
              className="button quiet"
              aria-pressed={index === chosen}
              onClick={() => setChosen(index)}
            >
              {size.width}×{size.height}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
