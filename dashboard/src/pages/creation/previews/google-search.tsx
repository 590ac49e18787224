import { useState } from 'react';
import type { GeneratedCreative } from '../../../../../sdks/javascript/src/generated/api.ts';
import { combination, siteOf, spoken, textAt, textsAt } from '../ad-texts.ts';

/** A search result: three headlines and two descriptions of many, which Google puts together anew each time. */
export function GoogleSearchPreview({ creative }: { readonly creative: GeneratedCreative }) {
  const [turn, setTurn] = useState(0);
  const headlines = textsAt(creative, 'headlines').map(spoken);
  const descriptions = textsAt(creative, 'descriptions').map(spoken);
  const path = textsAt(creative, 'path').map((part) => ` › ${part}`);
  const turns = Math.max(1, headlines.length);
  return (
    <div className="ad-frame google-search">
      <div className="ad-face">
        <p className="ad-label">Sponsored</p>
        <p className="ad-site">
          <span className="ad-favicon" aria-hidden="true" />
          <span>
            {textAt(creative, 'businessName') || siteOf(creative.landingPageUrl)}
            <span className="ad-address">
              {siteOf(creative.landingPageUrl)}
              {path}
            </span>
          </span>
        </p>
        <p className="ad-title">{combination(headlines, 3, turn).join(' · ')}</p>
        <p className="ad-body">{combination(descriptions, 2, turn).join(' ')}</p>
      </div>
      {turns > 1 && (
        <p className="ad-turns">
          <button
            type="button"
            className="button quiet"
            aria-label="Combination before"
            onClick={() => setTurn((turn + turns - 1) % turns)}
          >
            ‹
          </button>
          <span className="muted">
            Combination {turn + 1} of {turns}
          </span>
          <button
            type="button"
            className="button quiet"
            aria-label="Next combination"
            onClick={() => setTurn((turn + 1) % turns)}
          >
            ›
          </button>
        </p>
      )}
    </div>
  );
}
