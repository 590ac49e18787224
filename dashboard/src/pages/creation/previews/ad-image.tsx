import { useState } from 'react';
import type { CreativeImage } from '../../../../../sdks/javascript/src/generated/api.ts';

/** An image of an ad in its own shape, so that nothing moves when it has come. */
export function AdImage({ image }: { readonly image: CreativeImage }) {
  const [broken, setBroken] = useState(false);
  const { width, height } = image.size;
  return broken ? (
    <p className="ad-image missing" style={{ aspectRatio: `${width} / ${height}` }}>
      The image could not be loaded: load the page again.
    </p>
  ) : (
    <img
      className="ad-image"
      src={image.url}
      alt={image.altText}
      width={width}
      height={height}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}
