import { type BriefDraft, briefDraft } from '../../../contracts/schemas/briefs.ts';
import type { PageDraft } from './draft-brief.ts';

/** A brief after a page was read, and the fields of it that somebody has to confirm. */
export interface FilledBrief {
  readonly brief: BriefDraft;
  readonly toConfirm: readonly string[];
}

/** Fills what is still open with what a page says. What people have written stays, and what would not fit a brief is left out. */
export function fillOpenFields(held: BriefDraft, page: PageDraft): FilledBrief {
  const { product: read = {}, landingPageUrl: _address, ...rest } = page.brief;
  const product = { ...fitting('product', read), ...held.product };
  const taken = Object.entries(rest).filter(
    ([field, value]) => isOpen(held[field as keyof BriefDraft]) && fits(field, value),
  );
  const brief: BriefDraft = {
    ...held,
    ...(Object.fromEntries(taken) as BriefDraft),
    ...(Object.keys(product).length > 0 && { product }),
  };
  const filled = new Set([
    ...Object.keys(product).flatMap((name) => (Object.hasOwn(held.product ?? {}, name) ? [] : [`product.${name}`])),
    ...taken.map(([field]) => field),
  ]);
  return { brief, toConfirm: page.toConfirm.filter((field) => filled.has(field)) };
}

const isOpen = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
const fits = (field: string, value: unknown): boolean => briefDraft.safeParse({ [field]: value }).success;

/** The parts of an object that fit by themselves: a name that is too long does not cost the description. */
const fitting = <T extends object>(field: string, value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([name, one]) => fits(field, { [name]: one }))) as Partial<T>;
