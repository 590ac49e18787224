interface Page {
  readonly nextCursor: string | null;
}

/** No list the dashboard shows is longer; beyond it something is wrong, and the browser must not be filled. */
export const longestList = 50;

/** Asks for page after page. Throws rather than giving a list that is silently cut. */
export async function allPages<P extends Page>(
  ask: (cursor: { readonly cursor?: string }) => Promise<P>,
): Promise<readonly [P, ...P[]]> {
  const first = await ask({});
  const pages: [P, ...P[]] = [first];
  for (let cursor = first.nextCursor; cursor !== null; ) {
    if (pages.length === longestList) {
      throw new RangeError(`There are more than ${longestList} pages. Choose a shorter period.`);
    }
    const page = await ask({ cursor });
    pages.push(page);
    cursor = page.nextCursor;
  }
  return pages;
}
