/** What a page holds, as its HTML was read: plain data that somebody else wrote, and nothing that is followed. */
export interface PageParts {
  readonly blocks: readonly PagePart[];
  /** ISO 639-1, of the page's own `lang`; null where it names none. */
  readonly language: string | null;
  readonly title: string | null;
  /** Of `meta`, by `name` or `property` in lower case: `description`, `og:title`. */
  readonly meta: Readonly<Record<string, string>>;
  /** The texts of its JSON-LD scripts, unread. */
  readonly jsonLd: readonly string[];
  readonly asksPassword: boolean;
}

export type PartElement = 'heading' | 'subheading' | 'list-item' | 'text';
export interface PagePart {
  readonly element: PartElement;
  readonly text: string;
  /** In a menu, a footer or a form: on every page of the site, and nothing of this product. */
  readonly aside: boolean;
}

/** A line of the stored text. Offsets are UTF-16. */
export interface PageLine {
  readonly element: PartElement | 'title' | 'description' | 'data';
  readonly aside: boolean;
  /** Of data: what it is, `product.name`. */
  readonly property: string | null;
  readonly start: number;
  readonly end: number;
}

/** The text that is stored and quoted. What people see comes first, up to `visibleEnd`; behind it what the page says to machines. */
export interface PageDocument {
  readonly text: string;
  readonly visibleEnd: number;
  readonly lines: readonly PageLine[];
  readonly language: string | null;
  readonly asksPassword: boolean;
}
