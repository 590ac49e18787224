import { type SubmitEvent, useState } from 'react';
import type { BrandKit } from '../../../../sdks/javascript/src/generated/api.ts';
import { useAction } from '../../api/use-action.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { formalities, tones } from '../briefs/brief-words.ts';
import { ChoiceInput, TextInput } from '../briefs/form-fields.tsx';
import { PictureField } from '../briefs/picture-field.tsx';
import { type ColourName, colourNames, contrast, fontNames, kitFaults, lettersOn, sentKit } from './kit-form.ts';

interface KitFormProps {
  readonly kit: BrandKit;
  readonly title: string;
  /** The key is given once for what was written: trying it again makes nothing twice. */
  readonly save: (kit: BrandKit, idempotencyKey: string) => Promise<void>;
  readonly leave: () => void;
}

const fonts = Object.entries(fontNames) as [BrandKit['fonts']['heading'], string][];

/** Everything a brand kit says, with a sample beside it that changes as it is written. */
export function KitForm({ kit: given, title, save, leave }: KitFormProps) {
  const [kit, setKit] = useState(given);
  const put = (change: Partial<BrandKit>): void => setKit({ ...kit, ...change });
  const act = useAction(save);
  const faults = kitFaults(kit);
  const wrong = Object.values(faults);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (wrong.length === 0) void act.run(sentKit(kit), crypto.randomUUID());
  };
  const claims = [...kit.claims, { text: '', substantiation: '' }];
  const putClaim = (index: number, change: Partial<BrandKit['claims'][number]>): void =>
    put({
      claims: claims
        .map((one, at) => (at === index ? { ...one, ...change } : one))
        .filter(({ text, substantiation }) => text !== '' || substantiation !== ''),
    });
  return (
    <form className="brief-form" onSubmit={submit} aria-label={title}>
      <div className="form-grid">
        <TextInput label="Name of the kit" value={kit.name} fault={faults.name} put={(name) => put({ name })} />
        <TextInput
          label="Name that ads show"
          value={kit.businessName}
          fault={faults.businessName}
          hint="Google takes 25 characters, TikTok 40"
          put={(businessName) => put({ businessName })}
        />
        <ChoiceInput
          label="How it speaks"
          value={kit.voice.tone}
          options={tones}
          put={(tone) => put({ voice: { ...kit.voice, tone } })}
        />
        <ChoiceInput
          label="How readers are spoken to"
          value={kit.voice.formality}
          options={formalities}
          put={(formality) => put({ voice: { ...kit.voice, formality } })}
        />
        <ChoiceInput
          label="Letters of headlines"
          value={kit.fonts.heading}
          options={fonts}
          put={(heading) => put({ fonts: { ...kit.fonts, heading } })}
        />
        <ChoiceInput
          label="Letters of other texts"
          value={kit.fonts.body}
          options={fonts}
          put={(body) => put({ fonts: { ...kit.fonts, body } })}
        />
      </div>
      <fieldset className="colours">
        <legend>Colours</legend>
        {(Object.keys(colourNames) as ColourName[]).map((name) => (
          <Colour
            key={name}
            label={colourNames[name]}
            value={kit.colours[name]}
            needed={name === 'primary'}
            put={(value) => {
              const { [name]: _before, ...others } = kit.colours;
              put({ colours: { ...others, ...(value !== undefined && { [name]: value }) } as BrandKit['colours'] });
            }}
          />
        ))}
      </fieldset>
      <Sample kit={kit} />
      <PictureField
        label="Logo"
        kind="logo"
        most={1}
        chosen={kit.logoAssetId === undefined ? [] : [kit.logoAssetId]}
        put={([logoAssetId]) => {
          const { logoAssetId: _before, ...others } = kit;
          setKit({ ...others, ...(logoAssetId !== undefined && { logoAssetId }) });
        }}
      />
      <TextInput
        label="Words that no ad says"
        value={kit.bannedWords.join('\n')}
        rows={3}
        hint="One a line"
        put={(text) => put({ bannedWords: text.split('\n').slice(0, 200) })}
      />
      <fieldset className="proofs">
        <legend>Claims and what proves them</legend>
        {claims.map((claim, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a claim has no name but its place.
          <div key={index} className="form-grid">
            <TextInput label={`Claim ${index + 1}`} value={claim.text} put={(text) => putClaim(index, { text })} />
            <TextInput
              label={`Proof of claim ${index + 1}`}
              value={claim.substantiation}
              fault={faults[`claims.${index}`]}
              put={(substantiation) => putClaim(index, { substantiation })}
            />
          </div>
        ))}
      </fieldset>
      <TextInput
        label="Legal line in every picture"
        value={kit.legalLine ?? ''}
        fault={faults.legalLine}
        hint="Where the law asks for one"
        put={(legalLine) => put({ legalLine })}
      />
      <p className="actions">
        <button type="submit" className="button primary" disabled={act.busy || wrong.length > 0}>
          {act.busy ? 'Saving…' : 'Save the kit'}
        </button>
        <button type="button" className="button" disabled={act.busy} onClick={leave}>
          Leave it
        </button>
        {wrong.length > 0 && <span className="muted">To be mended first: {wrong.join(' ')}</span>}
      </p>
      {act.error !== undefined && <ErrorPanel error={act.error} retry={act.again} what="The kit was not saved" />}
    </form>
  );
}

interface ColourProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly needed: boolean;
  readonly put: (value: string | undefined) => void;
}

/** A colour may be left to the layout, which takes one that goes with the main colour. */
function Colour({ label, value, needed, put }: ColourProps) {
  return (
    <div className="colour">
      <label className="check">
        <input
          type="checkbox"
          checked={value !== undefined}
          disabled={needed}
          onChange={({ target }) => put(target.checked ? '#808080' : undefined)}
        />
        <span>{label}</span>
      </label>
      {value !== undefined && (
        <input type="color" aria-label={label} value={value} onChange={({ target }) => put(target.value)} />
      )}
    </div>
  );
}

/** About how a picture in these colours looks, and whether its letters can be read. */
function Sample({ kit }: { readonly kit: BrandKit }) {
  const ground = kit.colours.background ?? kit.colours.primary;
  const letters = lettersOn(ground, kit.colours.text);
  const button = kit.colours.accent ?? letters;
  const kept = kit.colours.text === undefined || kit.colours.text === letters;
  return (
    <figure className="kit-sample">
      <svg viewBox="0 0 300 157" role="img" aria-label="A picture in these colours">
        <rect width="300" height="157" fill={ground} />
        <text x="18" y="66" fontSize="22" fontWeight="700" fill={letters}>
          {kit.businessName === '' ? 'Your brand' : kit.businessName}
        </text>
        <rect x="18" y="96" width="96" height="30" rx="6" fill={button} />
        <text x="66" y="116" fontSize="13" textAnchor="middle" fill={lettersOn(button, undefined)}>
          Shop now
        </text>
      </svg>
      <figcaption className={kept ? 'muted' : 'fault'}>
        {kept
          ? `Contrast ${contrast(letters, ground).toFixed(1)}:1`
          : `These letters have ${contrast(kit.colours.text ?? letters, ground).toFixed(1)}:1 on this ground; below 4.5:1 others are taken.`}
      </figcaption>
    </figure>
  );
}
