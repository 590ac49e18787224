/** A piece of a page's visible text. */
export interface PageBlock {
  readonly kind: 'title' | 'heading' | 'item' | 'text';
  /** It stands in a menu, footer or form: of the site rather than of the page. */
  readonly aside: boolean;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
}

/** A page as it was read. */
export interface PageDocument {
  readonly language: string | null;
  readonly title: string;
  /** `og:title`, `description`, … in lower case. */
  readonly meta: ReadonlyMap<string, string>;
  /** JSON-LD, as it stands there. */
  readonly data: readonly unknown[];
  readonly text: string;
  readonly blocks: readonly PageBlock[];
}
