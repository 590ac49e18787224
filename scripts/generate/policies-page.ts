import { sourcesOf } from '../../domain/compliance/policy/policy-rule.ts';
import { policyRules } from '../../domain/compliance/policy/policy-rules.ts';
import { europeanUnion } from '../../domain/compliance/policy/rules/countries.ts';
import { descriptors } from '../../platforms/registry.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Countries as a reader names them: the EU as one. */
function countriesOf(countries: readonly string[] | 'all'): string {
  if (countries === 'all') return 'all';
  const rest = countries.filter((country) => !europeanUnion.includes(country));
  return rest.length + europeanUnion.length === countries.length ? ['EU', ...rest].join(', ') : countries.join(', ');
}

/** docs/policies.md: what ads are checked against, as the rules have it. */
export function policiesPage(): string {
  const rows = policyRules.map((rule) => {
    const { id, platforms, countries, severity, fails, validFrom } = rule;
    const who = platforms === 'all' ? 'all' : platforms.map((one) => descriptors[one].name).join(', ');
    const pages = sourcesOf(rule).map(({ title, url }) => `[${cell(title)}](${url.replace(/^\/docs\//, '')})`);
    return `| \`${id}\` | ${who} | ${countriesOf(countries)} | ${severity} | ${cell(fails[0]?.text ?? '')} | ${validFrom} | ${pages.join(', ')} |`;
  });
  return `${[
    '# What ads are checked against',
    '',
    'Written by `npm run generate` from domain/compliance/policy/rules/.',
    '',
    '`POST /v1/policies/check` takes the texts of an ad (or the ad as it would be written to a platform), where it is to be shown,',
    'and what is known of the page behind it, the facts and the brand. It answers findings: where (`field` and `span`, in the text',
    'as it was sent), why (`message`, `source`), and what to write instead (`fix`). Nothing is fetched and nothing is kept.',
    '',
    '```sh',
    'curl -s -X POST -H "Authorization: Bearer $TOKEN" -H \'Content-Type: application/json\' $API/v1/policies/check \\',
    '  -d \'{ "platform": "google-ads", "countries": ["GB"], "texts": [{ "field": "headlines.0", "text": "FLOWERS, click here!" }] }\'',
    '```',
    '',
    '- **`verdict`**: `block` when a finding would have the ad refused or breaks a law, `warn` when a person has to look (a',
    '  certificate, a proof, a trademark), else `pass`. `info` is worth knowing and changes no verdict.',
    '- **`fix.text`** is the whole field written anew, and has nothing left that wording can clear. It is `null` where a person has',
    '  to write it, and where the matter is what is advertised: a ban on weapons is no question of wording.',
    '- **Spelling tricks** are read as a reader reads them: c a s i n o, c4sino, cаsino with a Cyrillic а, hidden characters, c*sino.',
    '- **Figures and superlatives** are compared with `facts` and with `destination.text` where those are sent, and only then;',
    '  a superlative without a fact is always a finding.',
    '- **`at`** asks for the rules of another day; each rule has the days on which it holds. `rules.version` changes when a rule does.',
    '- A rule names at most ten places in one field. Of rules about one kind of product at one place, the gravest speaks.',
    '',
    'The checker reads words, not intentions. It finds what the rules below can see; it is no legal advice, and a platform may',
    'still refuse what passes here. Laws that ask for more than a notice (licences, visas, registers) are named in the message.',
    '',
    'How well it tells ads apart is measured on labelled ads, test/domain/compliance/labelled-ads.json: a third of them harmless',
    'texts with suspicious words, a third plain violations, a third hidden by spelling or at the border. `npm run bench` prints',
    'precision and recall by rule, also for the part that no rule was tuned on.',
    '',
    '## Adding a rule',
    '',
    'Add an entry to the table it belongs to in domain/compliance/policy/rules/: id, platforms, countries, matcher, severity, a',
    'message for somebody who knows no ad platform, how it is rewritten, the page it stands on, the day from which it holds, and',
    'at least two texts that keep it and two that break it, with the part that is objected to. The examples are its test; there',
    'is nothing else to write. A rule that ends gets `validTo` and stays, so that older answers can be explained.',
    'Words are written plainly: `loan~` takes the usual endings, `casino*` any, `_` stands for up to two words between. Patterns',
    'may not repeat without an end, so that no text can make them slow.',
    '',
    '## The brand’s own words',
    '',
    '`brand.bannedWords` are refused as whole words in any spelling. `brand.trademarksAllowed` are marks that are one’s own, or',
    'whose owner has agreed.',
    '',
    '## The rules',
    '',
    'What held before this checker was written is said to hold since 2020-01-01, as far as it looks back.',
    '',
    '| Rule | Platforms | Countries | Severity | For example | Since | Source |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')}\n`;
}
