import type { GeneratedCreative } from '../../../../../sdks/javascript/src/generated/api.ts';
import { GoogleSearchPreview } from './google-search.tsx';
import { LinkedInPreview } from './linkedin-feed.tsx';
import { PerformanceMaxPreview } from './performance-max.tsx';
import { TikTokPreview } from './tiktok-feed.tsx';

/** An ad about as its platform shows it. Fonts and colours are the platform's in kind, not to the pixel. */
export function AdPreview({ creative }: { readonly creative: GeneratedCreative }) {
  switch (creative.format) {
    case 'responsive-search':
      return <GoogleSearchPreview creative={creative} />;
    case 'asset-group':
      return <PerformanceMaxPreview creative={creative} />;
    case 'in-feed-image':
    case 'in-feed-video':
      return <TikTokPreview creative={creative} />;
    case 'single-image':
      return <LinkedInPreview creative={creative} />;
  }
}
