import { type ConversionType, type DiscoveredAccount, PlatformError } from '../../domain/integrations/platform.ts';
import { accountShape, conversionShape } from './answers.ts';
import type { LinkedInClient } from './client.ts';
import { platformError } from './errors.ts';
import { pagesByOffset, pagesByToken } from './paging.ts';
import { urn } from './urns.ts';

/** Accounts asked at once: enough to use the rate, few enough that one refusal does not meet hundreds of calls. */
const concurrent = 4;

/** LinkedIn's defaults for a rule that does not say (learn.microsoft.com/linkedin/marketing: conversion tracking). */
const defaultClickDays = 30;
const defaultViewDays = 7;

/** Every account the member has a role in, with the conversions it counts. LinkedIn reports in UTC days whatever the advertiser's zone. */
export async function discoverAccounts(
  client: LinkedInClient,
  signal: AbortSignal | undefined,
): Promise<readonly DiscoveredAccount[]> {
  const accounts: DiscoveredAccount[] = [];
  const question = { path: 'adAccounts', resource: 'adAccounts', parameters: { q: 'search' }, signal };
  for await (const page of pagesByToken(client, question, 1_000)) {
    for (const element of page) {
      const read = accountShape.safeParse(element);
      if (!read.success) throw unreadable('adAccounts', read.error.issues[0]);
      const { id, name, currency, status } = read.data;
      const platformId = String(id);
      accounts.push({
        platformId,
        name: name === '' ? platformId : name,
        currency,
        timeZone: 'UTC',
        status: status === 'ACTIVE' ? 'enabled' : 'disabled',
      });
    }
  }
  const described = accounts.sort((a, b) => Number(BigInt(a.platformId) - BigInt(b.platformId)));
  const open = described.flatMap((account, index) => (account.status === 'enabled' ? [{ account, index }] : []));
  const queue = open.values();
  const worker = async () => {
    for (const { account, index } of queue) {
      const conversionTypes = await conversionTypesOf(client, account.platformId, signal);
      if (conversionTypes) described[index] = { ...account, conversionTypes };
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
  return described;
}

/** `undefined` for an account that does not let its rules be read: it is then read back as far as the descriptor says. */
async function conversionTypesOf(
  client: LinkedInClient,
  accountId: string,
  signal: AbortSignal | undefined,
): Promise<readonly ConversionType[] | undefined> {
  const types: ConversionType[] = [];
  const parameters = { q: 'account', account: urn('sponsoredAccount', accountId) };
  try {
    for await (const page of pagesByOffset(
      client,
      { path: 'conversions', resource: 'conversions', parameters, signal },
      100,
    )) {
      for (const element of page) {
        const read = conversionShape.safeParse(element);
        if (!read.success) throw unreadable('conversions', read.error.issues[0]);
        const { id, name, enabled, postClickAttributionWindowSize, viewThroughAttributionWindowSize } = read.data;
        if (enabled === false) continue;
        types.push({
          platformId: String(id),
          name,
          clickWindowDays: postClickAttributionWindowSize ?? defaultClickDays,
          viewWindowDays: viewThroughAttributionWindowSize ?? defaultViewDays,
        });
      }
    }
  } catch (error) {
    if (error instanceof PlatformError && !error.retryable) return undefined;
    throw error;
  }
  return types;
}

const unreadable = (resource: string, issue: { readonly path: PropertyKey[]; readonly message: string } | undefined) =>
  platformError('unavailable', 'UNREADABLE_ANSWER', `${resource}: ${issue?.path.join('.')}: ${issue?.message}`, {
    version: '',
    now: 0,
    secrets: [],
  });
