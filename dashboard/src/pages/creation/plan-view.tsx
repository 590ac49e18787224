import type { GenerationPlan, PlanCampaign, ResearchSummary } from '../../../../sdks/javascript/src/generated/api.ts';
import { money } from '../../format/numbers.ts';
import { platformSeries } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import { periodText } from '../../format/times.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { angleNames, countryName, formatNames, languageName, shareText } from './creation-words.ts';

interface PlanViewProps {
  readonly plan: GenerationPlan;
  readonly research: ResearchSummary | null;
}

/** Where the money goes, to whom, saying what, each with its reason. */
export function PlanView({ plan, research }: PlanViewProps) {
  const { campaigns, dailyBudget, leftOut } = plan;
  return (
    <section className="panel" aria-labelledby="plan">
      <div className="panel-head">
        <h2 id="plan">The plan</h2>
        <p className="muted">
          {money(dailyBudget.micros, dailyBudget.currency)} a day,{' '}
          {plan.split === 'past-cpa' ? 'more to where a conversion cost less' : 'in even parts'}
        </p>
      </div>
      <div className="budget-bar" role="img" aria-label={shareSentence(campaigns)}>
        {campaigns.map(({ key, platform, share }) => (
          <span key={key} style={{ flexGrow: share, background: platformSeries(platform) }} />
        ))}
      </div>
      <ul className="plain plan-campaigns">
        {campaigns.map((one) => (
          <Campaign key={one.key} one={one} />
        ))}
      </ul>
      {leftOut.length > 0 && (
        <div className="note">
          <div>
            <p>
              <strong>Not part of the plan</strong>
            </p>
            <ul className="plain">
              {leftOut.map(({ platform, accountId, reason }) => (
                <li key={`${platform} ${accountId} ${reason}`}>{reason}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {research !== null && <Research research={research} />}
    </section>
  );
}

const shareSentence = (campaigns: readonly PlanCampaign[]): string =>
  `Shares of the budget: ${campaigns.map(({ name, share }) => `${name} ${shareText(share)}`).join(', ')}`;

function Campaign({ one }: { readonly one: PlanCampaign }) {
  return (
    <li>
      <h3>
        <PlatformMark platform={one.platform} /> · {one.name}
      </h3>
      <p>
        <strong>{money(one.dailyBudget.micros, one.dailyBudget.currency)}</strong> a day ({shareText(one.share)}) from{' '}
        {one.accountName} · {formatNames[one.format]} · {languageName(one.language)} ·{' '}
        {one.countries.map(countryName).join(', ')}
      </p>
      <p className="muted">{one.reason}</p>
      <details>
        <summary>
          {one.audience.name}; {counted(one.adGroups.length, 'ad group')}
        </summary>
        <p>{one.audience.description}</p>
        <dl className="facts">
          {one.adGroups.map(({ key, name, angle, ads, reason, keywords }) => (
            <div key={key}>
              <dt>
                {name} · {angleNames[angle]} · {counted(ads, 'ad')}
              </dt>
              <dd>
                {reason}
                {keywords.length > 0 && <span className="muted"> Keywords: {keywords.slice(0, 8).join(', ')}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

function Research({ research }: { readonly research: ResearchSummary }) {
  return (
    <details>
      <summary>What it is planned from: your own past results and the landing page</summary>
      <ul className="plain">
        {research.history.map(({ platform, accountId, from, to, currency, spendMicros, conversions, cpaMicros }) => (
          <li key={accountId}>
            <PlatformMark platform={platform} /> {periodText({ from, to })}: {money(spendMicros, currency)} spent,{' '}
            {counted(Math.round(conversions), 'conversion')}
            {cpaMicros === null ? ', too few to tell what one costs' : `, ${money(cpaMicros, currency)} each`}
          </li>
        ))}
        {research.landingPage !== null && (
          <li>
            {counted(research.landingPage.facts, 'fact')} read at {research.landingPage.url}
          </li>
        )}
        {research.notes.map((note) => (
          <li key={note} className="muted">
            {note}
          </li>
        ))}
      </ul>
    </details>
  );
}
