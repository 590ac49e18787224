import { useState } from 'react';
import type { GeneratedCreative } from '../../../../../sdks/javascript/src/generated/api.ts';
import { folded, imageFor, siteOf, spoken, textAt } from '../ad-texts.ts';
import { actionNames } from './action-names.ts';
import { AdImage } from './ad-image.tsx';

/** What LinkedIn shows before "see more", in characters. https://www.linkedin.com/help/lms/answer/a426534 */
const seen = { introduction: 150, headline: 70 } as const;

/** A sponsored post, folded as readers meet it. */
export function LinkedInPreview({ creative }: { readonly creative: GeneratedCreative }) {
  const [open, setOpen] = useState(false);
  const introduction = spoken(textAt(creative, 'introduction'));
  const short = folded(introduction, seen.introduction);
  const image = imageFor(creative, ['wide', 'square', 'portrait']);
  const site = siteOf(creative.landingPageUrl);
  return (
    <div className="ad-frame linkedin">
      <div className="ad-face">
        <p className="ad-site">
          <span className="ad-favicon" aria-hidden="true" />
          <span>
            {site}
            <span className="ad-address">Promoted</span>
          </span>
        </p>
        <p className="ad-body">
          {open ? introduction : short}
          {short !== introduction && (
            <button type="button" className="button quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? 'see less' : 'see more'}
            </button>
          )}
        </p>
        {image !== undefined && <AdImage image={image} />}
        <div className="ad-foot">
          <p>
            <strong>{folded(spoken(textAt(creative, 'headline')), seen.headline)}</strong>
            <span className="ad-address">{site}</span>
          </p>
          <span className="ad-action">{actionNames[creative.callToAction]}</span>
        </div>
      </div>
    </div>
  );
}
