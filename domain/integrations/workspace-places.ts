import { factTable, stagingPrefix } from '../../contracts/warehouse.ts';
import { textLiteral } from './merge-statement.ts';
import { type Grain, grains, platformIds } from './platform.ts';

/**
 * Where the data of one workspace lies in the lake, by kind. Whoever writes to a new folder adds it here: deleting a workspace goes
 * by this table, and a test holds every folder of the lake against it.
 */
export const lakePlaces: Readonly<Record<string, (workspaceId: string) => readonly string[]>> = {
  raw: (workspace) => platformIds.map((platform) => `raw/platform=${platform}/workspace=${workspace}/`),
  runs: (workspace) => [`runs/workspace=${workspace}/`],
  staging: (workspace) =>
    grains.map((grain) => {
      const leaf = stagingPrefix(grain, { workspace, run: '', item: '' });
      return leaf.slice(0, leaf.indexOf('run='));
    }),
  quarantine: (workspace) => [`quarantine/workspace=${workspace}/`],
  rollups: (workspace) => [`rollups/workspace=${workspace}/`],
  imports: (workspace) => [`imports/workspace=${workspace}/`],
  assets: (workspace) => [`assets/workspace=${workspace}/`],
  generation: (workspace) => [`generation/workspace=${workspace}/`],
  quality: (workspace) => [`quality/workspace=${workspace}/`],
  events: (workspace) => [`events/workspace=${workspace}/`],
};

export const countFactsStatement = (grain: Grain, workspaceId: string): string =>
  `SELECT count(*) AS n FROM ${factTable(grain)} WHERE workspace_id = ${textLiteral(workspaceId)}`;

export const deleteFactsStatement = (grain: Grain, workspaceId: string): string =>
  `DELETE FROM ${factTable(grain)} WHERE workspace_id = ${textLiteral(workspaceId)}`;
