import type { Account } from '../../../../sdks/javascript/src/generated/api.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import type { BriefForm, FormFaults } from './brief-form.ts';
import { categories, formalities, objectives, political, proofKinds, type StepId, tones } from './brief-words.ts';
import { ChoiceInput, TextInput } from './form-fields.tsx';
import { PictureField } from './picture-field.tsx';

interface StepFieldsProps {
  readonly step: StepId;
  readonly form: BriefForm;
  readonly faults: FormFaults;
  readonly accounts: readonly Account[];
  readonly put: (change: Partial<BriefForm>) => void;
}

/** The fields of one step of the wizard. */
export function StepFields({ step, ...props }: StepFieldsProps) {
  switch (step) {
    case 'product':
      return <ProductFields {...props} />;
    case 'audience':
      return <AudienceFields {...props} />;
    case 'offer':
      return <OfferFields {...props} />;
    case 'money':
      return <MoneyFields {...props} />;
    case 'voice':
      return <VoiceFields {...props} />;
  }
}

type Fields = Omit<StepFieldsProps, 'step'>;
/** A text field of the form by its name. */
type Named = {
  [F in keyof BriefForm]: BriefForm[F] extends string ? (string extends BriefForm[F] ? F : never) : never;
}[keyof BriefForm];

const textOf =
  ({ form, faults, put }: Fields) =>
  (
    name: Named,
    label: string,
    more: { readonly hint?: string; readonly rows?: number; readonly kind?: 'date' } = {},
  ) => (
    <TextInput
      label={label}
      value={form[name]}
      fault={faults[name]}
      put={(value) => put({ [name]: value })}
      {...more}
    />
  );

function ProductFields(props: Fields) {
  const { form, put } = props;
  const text = textOf(props);
  return (
    <>
      <div className="form-grid">
        {text('name', 'Name of the product', { hint: 'As customers know it' })}
        <ChoiceInput
          label="What it is"
          value={form.category}
          options={categories}
          put={(category) => put({ category })}
        />
      </div>
      {text('landingPageUrl', 'Page that the ads lead to', { hint: 'Beginning with https://' })}
      {text('description', 'In a few sentences', { rows: 3 })}
      <PictureField
        label="Photos of it, shown in pictures by turns"
        kind="product-photo"
        most={10}
        chosen={form.photos}
        put={(photos) => put({ photos })}
      />
      {text('benefits', 'What the buyer has of it', { rows: 4, hint: 'One a line: Dry feet in heavy rain' })}
      {text('features', 'What it has or does', { rows: 4, hint: 'One a line: Recycled rubber sole' })}
    </>
  );
}

function AudienceFields(props: Fields) {
  const text = textOf(props);
  return (
    <>
      {text('audience', 'Who buys it', { rows: 3 })}
      {text('segments', 'Groups to speak to apart', {
        rows: 4,
        hint: 'One a line: Hikers: people who walk in all weathers. No group by health, belief, origin, politics or sexuality, and no minors.',
      })}
      {text('problem', 'What troubles them', { hint: 'Wet feet after every walk' })}
    </>
  );
}

function OfferFields(props: Fields) {
  const { form, faults, put } = props;
  const text = textOf(props);
  const proof = [...form.proof, { text: '', kind: 'rating', substantiation: '' } as const];
  return (
    <>
      {text('offer', 'The offer in words', { hint: '20% off all colours' })}
      <div className="form-grid">
        {text('price', `Price in ${form.currency}`)}
        {text('discount', 'Discount in percent')}
        {text('validUntil', 'Last day', { kind: 'date' })}
        {text('code', 'Code')}
      </div>
      {text('urgency', 'Why now', { hint: 'Only what is true: Only until the season starts' })}
      <fieldset className="proofs">
        <legend>What speaks for it, and where it can be seen</legend>
        {proof.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
          <div key={index} className="form-grid">
            <TextInput
              label={`Proof ${index + 1}`}
              value={one.text}
              put={(said) => put({ proof: replaced(form.proof, index, { ...one, text: said }) })}
            />
            <ChoiceInput
              label={`Kind of proof ${index + 1}`}
              value={one.kind}
              options={proofKinds}
              put={(kind) => put({ proof: replaced(form.proof, index, { ...one, kind }) })}
            />
            <TextInput
              label={`Where proof ${index + 1} can be seen`}
              value={one.substantiation}
              put={(substantiation) => put({ proof: replaced(form.proof, index, { ...one, substantiation }) })}
            />
          </div>
        ))}
        {faults.proof !== undefined && (
          <p className="fault" role="alert">
            {faults.proof}
          </p>
        )}
      </fieldset>
    </>
  );
}

const replaced = <T,>(all: readonly T[], index: number, one: T): T[] => [
  ...all.slice(0, index),
  one,
  ...all.slice(index + 1),
];

function MoneyFields(props: Fields) {
  const { form, faults, accounts, put } = props;
  const text = textOf(props);
  const currencies = [...new Set([form.currency, ...accounts.map(({ currency }) => currency)])];
  return (
    <>
      <div className="form-grid">
        {text('dailyBudget', 'Budget a day, over all platforms')}
        <ChoiceInput
          label="Currency"
          value={form.currency}
          options={currencies.map((one) => [one, one] as const)}
          put={(currency) => put({ currency })}
        />
        <ChoiceInput
          label="What it is to reach"
          value={form.objective}
          options={objectives}
          put={(objective) => put({ objective })}
        />
        {text('targetCpa', 'What a conversion may cost')}
        {text('countries', 'Countries', { hint: 'Codes with commas between: DE, AT' })}
        {text('languages', 'Languages', { hint: 'The first is the one of this brief: de, en' })}
      </div>
      <ChoiceInput
        label="Is it political advertising?"
        value={form.politicalAdvertising}
        options={political}
        put={(politicalAdvertising) => put({ politicalAdvertising })}
      />
      <fieldset className="brief-accounts">
        <legend>Accounts to advertise from</legend>
        {accounts
          .filter(({ status }) => status === 'enabled')
          .map((account) => (
            <AccountLine key={account.id} account={account} form={form} put={put} />
          ))}
        {faults.accounts !== undefined && (
          <p className="fault" role="alert">
            {faults.accounts}
          </p>
        )}
      </fieldset>
    </>
  );
}

/** What an ad is shown under, where a platform asks for it. */
const shownUnder = {
  'linkedin-ads': { field: 'page', label: 'LinkedIn page (URN)' },
  'tiktok-ads': { field: 'identity', label: 'TikTok identity (id)' },
} as const;

function AccountLine({ account, form, put }: Pick<Fields, 'form' | 'put'> & { readonly account: Account }) {
  const held = form.accounts[account.id];
  const under = account.platform === 'google-ads' ? undefined : shownUnder[account.platform];
  const others = Object.fromEntries(Object.entries(form.accounts).filter(([id]) => id !== account.id));
  return (
    <div className="form-grid">
      <label className="check">
        <input
          type="checkbox"
          checked={held !== undefined}
          onChange={({ target }) => put({ accounts: target.checked ? { ...others, [account.id]: {} } : others })}
        />
        <span>
          {account.name} · <PlatformMark platform={account.platform} />
        </span>
      </label>
      {held !== undefined && under !== undefined && (
        <TextInput
          label={`${under.label} of ${account.name}`}
          value={held[under.field] ?? ''}
          put={(value) => put({ accounts: { ...others, [account.id]: { ...held, [under.field]: value } } })}
        />
      )}
    </div>
  );
}

function VoiceFields(props: Fields) {
  const { form, put } = props;
  const text = textOf(props);
  return (
    <>
      <div className="form-grid">
        <ChoiceInput label="Tone" value={form.tone} options={tones} put={(tone) => put({ tone })} />
        <ChoiceInput
          label="How readers are spoken to"
          value={form.formality}
          options={formalities}
          put={(formality) => put({ formality })}
        />
      </div>
      {text('bannedWords', 'Words that stand in no ad', { hint: 'With commas between' })}
      {text('keywords', 'Search words', { rows: 5, hint: 'One a line' })}
    </>
  );
}
