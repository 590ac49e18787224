import type { Market } from '../market/market.ts';
import { advertiser, advertisersOf, describeAdvertisers } from './advertisers.ts';
import { badParameter } from './codes.ts';
import { clickWindowOf, describe, listSubjects, readFilters } from './entities.ts';
import { describeImages, describeVideos } from './files.ts';
import type { OAuth } from './oauth.ts';
import { paged, readPage } from './pages.ts';
import type { Parameters } from './parameters.ts';
import type { Recent } from './recent.ts';
import { readReport } from './report-query.ts';
import { runReport, writeRow } from './report-rows.ts';
import { type Level, Standings } from './status.ts';
import type { ReportTasks } from './tasks.ts';

export interface Called {
  readonly market: Market;
  readonly nowMs: number;
  readonly oauth: OAuth;
  readonly tasks: ReportTasks;
  readonly recent: Recent;
  /** Base URL under which the caller reached the simulator. */
  readonly base: string;
  /** The call's text, to know it again. */
  readonly fingerprint: string;
}

/** `data` of an envelope with what goes into headers, or a file that is streamed. */
export type Told =
  | { readonly data: unknown; readonly throttle?: string | undefined }
  | { readonly lines: Iterable<string> };

interface Operation {
  readonly method: 'GET' | 'POST';
  /** Called before there is a token. */
  readonly open?: true;
  run(called: Called, parameters: Parameters): Told;
}

/** What v1.3 can be asked here; every other operation is refused by name. */
export const operations: Readonly<Record<string, Operation>> = {
  'oauth2/access_token': {
    method: 'POST',
    open: true,
    run: ({ oauth, market }, parameters) => {
      oauth.checkApp(parameters.required('app_id'), parameters.required('secret'));
      return { data: { ...oauth.exchange(parameters.required('auth_code')), ...granted(market) } };
    },
  },
  'oauth2/refresh_token': {
    method: 'POST',
    open: true,
    run: ({ oauth, market }, parameters) => {
      oauth.checkApp(parameters.required('app_id'), parameters.required('secret'));
      parameters.oneOf('grant_type', ['refresh_token'], 'refresh_token');
      return { data: { ...oauth.refresh(parameters.required('refresh_token')), ...granted(market) } };
    },
  },
  'oauth2/revoke_token': {
    method: 'POST',
    open: true,
    run: ({ oauth }, parameters) => {
      oauth.checkApp(parameters.required('app_id'), parameters.required('secret'));
      oauth.revoke(parameters.required('access_token'));
      return { data: {} };
    },
  },
  'oauth2/advertiser/get': {
    method: 'GET',
    run: ({ oauth, market }, parameters) => {
      oauth.checkApp(parameters.required('app_id'), parameters.required('secret'));
      const list = advertisersOf(market.world).map(({ id, name }) => ({ advertiser_id: id, advertiser_name: name }));
      return { data: { list } };
    },
  },
  'advertiser/info': {
    method: 'GET',
    run: ({ market }, parameters) => {
      const ids = parameters.texts('advertiser_ids');
      if (ids === undefined) throw badParameter('advertiser_ids', 'Missing data for required field.');
      return { data: { list: describeAdvertisers(market.world, ids, parameters.texts('fields')) } };
    },
  },
  'campaign/get': list('campaign'),
  'adgroup/get': list('adgroup'),
  'ad/get': list('ad'),
  'file/video/ad/info': {
    method: 'GET',
    run: ({ market }, parameters) => {
      const account = advertiser(market.world, parameters.required('advertiser_id'));
      return { data: { list: describeVideos(account, ids(parameters, 'video_ids')) } };
    },
  },
  'file/image/ad/info': {
    method: 'GET',
    run: ({ market }, parameters) => {
      const account = advertiser(market.world, parameters.required('advertiser_id'));
      return { data: { list: describeImages(account, ids(parameters, 'image_ids')) } };
    },
  },
  'report/integrated/get': {
    method: 'GET',
    run: ({ market, recent, nowMs, fingerprint }, parameters) => {
      const page = readPage(parameters);
      parameters.oneOf('query_mode', ['REGULAR'], 'REGULAR');
      const query = readReport(parameters, market.world, 'synchronous');
      const { rows, leftOut } = recent.get(fingerprint, nowMs, (asOfMs) => {
        const report = runReport(market, query, asOfMs, true);
        return { rows: [...report.rows], leftOut: report.leftOut };
      });
      return { data: paged(rows, page, (part) => part.map((row) => writeRow(row, query))), throttle: leftOut };
    },
  },
  'report/task/create': {
    method: 'POST',
    run: ({ market, tasks }, parameters) => {
      const query = readReport(parameters, market.world, 'asynchronous');
      const format = parameters.oneOf('output_format', ['CSV_STRING', 'CSV_DOWNLOAD'], 'CSV_STRING');
      const translates = parameters.flag('enable_report_title_translation', true);
      const fileName = `${parameters.text('file_name')?.trim() || 'report'}.csv`;
      return { data: { task_id: tasks.create(query, { format, translates, fileName }) } };
    },
  },
  'report/task/check': {
    method: 'GET',
    run: ({ tasks }, parameters) => {
      const { task, owner } = taskOf(parameters);
      return { data: { status: tasks.status(task, owner), message: '' } };
    },
  },
  'report/task/cancel': {
    method: 'POST',
    run: ({ tasks }, parameters) => {
      const { task, owner } = taskOf(parameters);
      tasks.cancel(task, owner);
      return { data: { status: tasks.status(task, owner), message: '' } };
    },
  },
  'report/task/download': {
    method: 'GET',
    run: ({ tasks, base }, parameters) => {
      const { task, owner } = taskOf(parameters);
      const file = tasks.download(task, owner);
      if ('lines' in file) return file;
      const { format, fileName, path } = file;
      return { data: { output_format: format, file_name: fileName, download_url: `${base}${path}` } };
    },
  },
};

function list(level: Level): Operation {
  return {
    method: 'GET',
    run: ({ market, nowMs, recent, fingerprint }, parameters) => {
      const account = advertiser(market.world, parameters.required('advertiser_id'));
      const page = readPage(parameters);
      const fields = parameters.texts('fields');
      const standings = new Standings(market, account, nowMs);
      const keeps = readFilters(level, parameters.object('filtering'), standings);
      const found = recent.get(fingerprint, nowMs, () => listSubjects(account, level, keeps));
      const window = clickWindowOf(market.world.maxConversionDelayDays);
      return { data: paged(found, page, (part) => describe(part, level, fields, standings, window)) };
    },
  };
}

function ids(parameters: Parameters, name: string): readonly string[] {
  const given = parameters.texts(name);
  if (given === undefined) throw badParameter(name, 'Missing data for required field.');
  return given;
}

function taskOf(parameters: Parameters): { readonly task: string; readonly owner: string } {
  return { task: parameters.required('task_id'), owner: parameters.required('advertiser_id') };
}

/** Who agreed and to what: reading ads, reports and creatives, by TikTok's numbers for scopes. */
function granted(market: Market) {
  return { advertiser_ids: advertisersOf(market.world).map(({ id }) => id), scope: [4, 220, 200] };
}
