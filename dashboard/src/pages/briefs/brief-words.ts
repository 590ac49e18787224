import type { Brief, KeptBrief } from '../../../../sdks/javascript/src/generated/api.ts';
import { campaignTypeName } from '../../format/platforms.ts';
import type { Tone } from '../../parts/status.tsx';
import type { BriefForm } from './brief-form.ts';

type Category = Brief['product']['category'];

/** `pet-supplies` → `Pet supplies` */
const spoken = (id: string): string => {
  const words = id.replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const categoryIds = [
  ...['footwear', 'fashion', 'jewellery', 'cosmetics', 'furniture', 'kitchenware', 'electronics', 'software'],
  ...[
    'online-courses',
    'language-courses',
    'gyms',
    'sports-gear',
    'bicycles',
    'cars',
    'car-repair',
    'hotels',
    'travel',
  ],
  ...['restaurants', 'groceries', 'coffee', 'wine', 'flowers', 'toys', 'pet-supplies', 'insurance', 'bank-accounts'],
  ...['tax-advice', 'legal-advice', 'real-estate', 'cleaning', 'removals', 'plumbing', 'solar-power', 'gardening'],
  ...['events', 'jobs', 'charity', 'marketing-services', 'dental-care', 'other'],
] as readonly Category[];
export const categories = categoryIds.map((id) => [id, spoken(id)] as const);

export const objectives: readonly (readonly [Brief['goal']['objective'], string])[] = [
  ['conversions', 'Sales and other conversions'],
  ['leads', 'Leads'],
  ['traffic', 'Visits to the page'],
  ['awareness', 'Being known'],
  ['video-views', 'Video views'],
];
export const tones: readonly (readonly [Brief['voice']['tone'], string])[] = [
  ['plain', 'Plain'],
  ['friendly', 'Friendly'],
  ['expert', 'Expert'],
  ['bold', 'Bold'],
  ['premium', 'Premium'],
];
export const formalities: readonly (readonly [Brief['voice']['formality'], string])[] = [
  ['formal', 'Formal: Sie, vous, usted'],
  ['informal', 'Informal: du, tu, tú'],
];
export const proofKinds: readonly (readonly [Brief['proof'][number]['kind'], string])[] = [
  ['rating', 'Rating'],
  ['award', 'Award'],
  ['number', 'Number'],
  ['testimonial', 'Testimonial'],
  ['certificate', 'Certificate'],
];
export const political: readonly (readonly [BriefForm['politicalAdvertising'], string])[] = [
  ['', 'Choose …'],
  ['none', 'No'],
  ['eu-political', 'Yes, in the sense of Regulation (EU) 2024/900'],
];

export const steps = [
  { id: 'product', title: 'What you sell', fields: ['product', 'landingPageUrl', 'benefits', 'features'] },
  { id: 'audience', title: 'To whom', fields: ['audience', 'problem'] },
  { id: 'offer', title: 'Offer and proof', fields: ['offer', 'proof', 'urgency'] },
  {
    id: 'money',
    title: 'Money and places',
    fields: ['dailyBudget', 'goal', 'countries', 'languages', 'platforms', 'politicalAdvertising'],
  },
  { id: 'voice', title: 'Voice', fields: ['voice', 'bannedWords', 'keywords'] },
] as const;
export type StepId = (typeof steps)[number]['id'];

/** How many things of a step are still open or to be confirmed. */
export function openOf({ open, reading }: Pick<KeptBrief, 'open' | 'reading'>, step: StepId): number {
  const fields: readonly string[] = steps.find(({ id }) => id === step)?.fields ?? [];
  const place = (field: string): string => field.split('.')[0] ?? '';
  return [...open.map(({ field }) => field), ...(reading?.toConfirm ?? [])].filter((field) =>
    fields.includes(place(field)),
  ).length;
}

export function briefState(held: KeptBrief): { readonly label: string; readonly tone: Tone } {
  if (held.archived) return { label: 'Archived', tone: 'quiet' };
  if (held.reading?.status === 'reading') return { label: 'Reading the page', tone: 'busy' };
  if (held.findings.some(({ severity }) => severity === 'block')) return { label: 'Contradicts itself', tone: 'bad' };
  return held.complete ? { label: 'Complete', tone: 'good' } : { label: 'Being written', tone: 'aside' };
}

export const briefTitle = ({ brief }: Pick<KeptBrief, 'brief'>): string =>
  brief.product?.name ?? brief.landingPageUrl ?? 'A brief without a name';

const fieldTitles: Readonly<Record<string, string>> = {
  'product.name': 'Name',
  'product.description': 'Description',
  landingPageUrl: 'Landing page',
  dailyBudget: 'Daily budget',
  platforms: 'Accounts',
  politicalAdvertising: 'Political advertising',
};
export const fieldTitle = (field: string): string => fieldTitles[field] ?? campaignTypeName(field);
