import type { Market } from '../market/market.ts';
import { advertiser, advertisersOf, describeAdvertisers } from './advertisers.ts';
import { badParameter } from './codes.ts';
import { clickWindowOf, describe, listSubjects, readFilters } from './entities.ts';
import { describeFiles } from './files.ts';
import { identitiesOf } from './identities.ts';
import { describeMedia, type LibraryKind, libraryOf } from './library.ts';
import type { OAuth } from './oauth.ts';
import { paged, readPage } from './pages.ts';
import type { Parameters } from './parameters.ts';
import { describePlaces, languageNames } from './places.ts';
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
  'file/video/ad/info': filesById('video'),
  'file/image/ad/info': filesById('image'),
  'file/video/ad/search': searchFiles('video', 100),
  'file/image/ad/search': searchFiles('image', 1000),
  'identity/get': {
    method: 'GET',
    run: ({ market }, parameters) => {
      const account = advertiser(market.world, parameters.required('advertiser_id'));
      const type = parameters.choice('identity_type', ['CUSTOMIZED_USER', 'AUTH_CODE', 'TT_USER', 'BC_AUTH_TT']);
      const center = parameters.text('identity_authorized_bc_id');
      const all = identitiesOf(account).filter(
        (one) =>
          (type === undefined || one.identity_type === type) &&
          (center === undefined || one.identity_authorized_bc_id === center),
      );
      const { list, page_info } = paged(all, readPage(parameters), (part) => part);
      return { data: { identity_list: list, page_info } };
    },
  },
  'tool/region': {
    method: 'GET',
    run: ({ market }, parameters) => {
      advertiser(market.world, parameters.required('advertiser_id'));
      if (parameters.texts('placements') === undefined)
        throw badParameter('placements', 'Missing data for required field.');
      parameters.required('objective_type');
      parameters.oneOf('level_range', ['TO_COUNTRY']);
      return { data: { region_info: describePlaces() } };
    },
  },
  'tool/language': {
    method: 'GET',
    run: ({ market }, parameters) => {
      advertiser(market.world, parameters.required('advertiser_id'));
      return { data: { languages: Object.entries(languageNames).map(([code, name]) => ({ code, name })) } };
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

function filesById(kind: LibraryKind): Operation {
  return {
    method: 'GET',
    run: ({ market }, parameters) => {
      const account = advertiser(market.world, parameters.required('advertiser_id'));
      return { data: { list: describeFiles(account, kind, ids(parameters, `${kind}_ids`)) } };
    },
  };
}

function searchFiles(kind: LibraryKind, mostOnPage: number): Operation {
  return {
    method: 'GET',
    run: ({ market }, parameters) => {
      const account = advertiser(market.world, parameters.required('advertiser_id'));
      const page = readPage(parameters);
      if (page.size > mostOnPage) throw badParameter('page_size', `Must be between 1 and ${mostOnPage}.`);
      return { data: paged(libraryOf(account, kind), page, (part) => part.map(describeMedia)) };
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
