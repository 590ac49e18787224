import { useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';

/** What to send to a platform that refuses the ad: the letter to read and copy, and everything as a file. */
export function AppealLine({ reviewId }: { readonly reviewId: string }) {
  const { client } = useApi();
  const [letter, setLetter] = useState<string>();
  const [file, setFile] = useState<string>();
  const load = useAction(async () => {
    const pack = await client.getAppealPack({ path: { reviewId } });
    setLetter(pack.letter);
    setFile(`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(pack, null, 2))}`);
  });
  return (
    <div>
      {letter === undefined ? (
        <button type="button" className="button" disabled={load.busy} onClick={() => void load.run()}>
          Appeal pack
        </button>
      ) : (
        <>
          <label className="field">
            <span>To be sent to the platform</span>
            <textarea readOnly rows={8} value={letter} />
          </label>
          <a className="button" href={file} download={`appeal-${reviewId}.json`}>
            Save everything as a file
          </a>
        </>
      )}
      {load.error !== undefined && (
        <ErrorPanel error={load.error} retry={load.again} what="The appeal pack could not be made" />
      )}
    </div>
  );
}
