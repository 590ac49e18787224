import { describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { errorMessage, failureMessage } from '../../../domain/integrations/failure-message.ts';
import { PlatformError } from '../../../domain/integrations/platform.ts';

const cause = (errorMessage: string) =>
  JSON.stringify({ errorType: 'Error', errorMessage, trace: ['at /var/task/index.mjs:1'] });

describe('what people read about a failure', () => {
  it('is the platform’s refusal in its own words', () => {
    const caught = { Error: 'PlatformError.unauthorized', Cause: cause('Access was withdrawn. Connect again.') };
    expect(failureMessage(caught)).toBe('Access was withdrawn. Connect again.');
    const error = new PlatformError('rejected', 'The account is closed.', { platform: 'google-ads' });
    expect(errorMessage(error)).toBe('The account is closed.');
    expect(errorMessage(new AppError('unavailable', 'The warehouse is overloaded.'))).toBe(
      'The warehouse is overloaded.',
    );
  });

  it.each([
    { Error: 'AppError.internal', Cause: cause('SELECT secret FROM fact_ad_daily') },
    { Error: 'TypeError', Cause: cause('x is not a function') },
    { Error: 'Runtime.Unknown', Cause: 'not JSON' },
    { Error: 'PlatformError.rejected', Cause: 'not JSON' },
    {},
  ])('tells nothing of the inside: %j', (caught) => {
    expect(failureMessage(caught)).toMatch(/^Something went wrong on our side/);
  });

  it('says that a step ran out of time', () => {
    expect(failureMessage({ Error: 'States.Timeout' })).toMatch(/took too long/);
  });

  it('is bounded', () => {
    const long = failureMessage({ Error: 'PlatformError.rejected', Cause: cause('x'.repeat(5_000)) });
    expect(long.length).toBe(500);
  });
});
