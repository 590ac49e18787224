import type { GeneratedCreative } from '../../../../sdks/javascript/src/generated/api.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { ownWords } from './ad-texts.ts';
import { angleNames, fieldName, strengthText } from './creation-words.ts';
import { AdPreview } from './previews/ad-preview.tsx';

export const mostCompared = 4;

/** Two to four ads beside each other; words that only one of them says are marked. */
export function CompareView({
  creatives,
  close,
}: {
  readonly creatives: readonly GeneratedCreative[];
  readonly close: () => void;
}) {
  const said = (one: GeneratedCreative): readonly string[] => one.texts.map(({ text }) => text);
  return (
    <section className="panel" aria-labelledby="compare">
      <div className="panel-head">
        <h2 id="compare">Side by side</h2>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </div>
      <div className="compare" style={{ gridTemplateColumns: `repeat(${creatives.length}, minmax(240px, 1fr))` }}>
        {creatives.map((one) => {
          const others = creatives.filter(({ id }) => id !== one.id).flatMap(said);
          return (
            <article key={one.id} className="creative">
              <header>
                <p>
                  <PlatformMark platform={one.platform} /> · {angleNames[one.angle]}
                </p>
              </header>
              <AdPreview creative={one} />
              <dl className="facts">
                <div>
                  <dt>Strength</dt>
                  <dd>{strengthText(one.strength)}</dd>
                </div>
                <div>
                  <dt>Remarks</dt>
                  <dd>{one.findings.length}</dd>
                </div>
              </dl>
              <ul className="plain ad-texts">
                {one.texts.map(({ field, text }) => (
                  <li key={field}>
                    <span className="muted ad-text-head">{fieldName(field)}</span>
                    <p className="ad-text">
                      {ownWords(text, others).map(({ word, own }, index) =>
                        own ? (
                          // biome-ignore lint/suspicious/noArrayIndexKey: a word has no identity beside its place.
                          <mark key={index} className="own">
                            {word}
                          </mark>
                        ) : (
                          word
                        ),
                      )}
                    </p>
                  </li>
                ))}
              </ul>
            </article>
          );
        })}
      </div>
    </section>
  );
}
