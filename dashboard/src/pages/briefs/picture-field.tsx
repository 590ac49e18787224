import { useId, useState } from 'react';
import type { Asset } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { smallPicture } from './small-picture.ts';

interface PictureFieldProps {
  readonly label: string;
  readonly kind: Asset['kind'];
  /** Ids of what is chosen, in the order in which it is used. */
  readonly chosen: readonly string[];
  readonly most: number;
  readonly put: (ids: readonly string[]) => void;
}

/** Choose among what was uploaded, or upload another: pictures to be looked at rather than names to be read. */
export function PictureField({ label, kind, chosen, most, put }: PictureFieldProps) {
  const { client } = useApi();
  const inputId = useId();
  const [fresh, setFresh] = useState<readonly Asset[]>([]);
  const asked = useQuery(`assets ${kind}`, (given, signal) =>
    given.listAssets({ query: { kind, limit: 100 } }, { signal }),
  );
  const upload = useAction(async (file: File, idempotencyKey: string) => {
    const content = await smallPicture(file);
    const name = file.name.slice(0, 120);
    const asset = await client.uploadAsset({ body: { name, kind, content } }, { idempotencyKey });
    setFresh([asset, ...fresh]);
    put(most === 1 ? [asset.id] : [...chosen, asset.id].slice(-most));
  });
  const known = [...fresh, ...(asked.data?.items ?? []).filter(({ id }) => !fresh.some((one) => one.id === id))];
  const toggle = (id: string): void => {
    if (chosen.includes(id)) put(chosen.filter((one) => one !== id));
    else put(most === 1 ? [id] : [...chosen, id].slice(-most));
  };
  return (
    <fieldset className="pictures">
      <legend>{label}</legend>
      {known.length > 0 && (
        <ul className="plain">
          {known.map(({ id, name, url, findings }) => (
            <li key={id}>
              <label className="check">
                <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
                <span>
                  <img src={url} alt="" width={96} height={72} />
                  {name}
                  {findings.length > 0 && <span className="fault"> Look at it first: {findings[0]?.message}</span>}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      <label className="field" htmlFor={inputId}>
        <span>{upload.busy ? 'Being uploaded…' : 'Upload a picture: JPEG, PNG or WebP'}</span>
      </label>
      <input
        id={inputId}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/gif"
        disabled={upload.busy}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) void upload.run(file, crypto.randomUUID());
          target.value = '';
        }}
      />
      {upload.error !== undefined && (
        <ErrorPanel error={upload.error} retry={upload.again} what="The picture was not uploaded" />
      )}
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="Earlier pictures could not be listed" />
      )}
    </fieldset>
  );
}
