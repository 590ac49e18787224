import { expect, it } from 'vitest';
import { type SettingDefinition, settings } from '../../contracts/settings.ts';
import { authorizations } from '../../platforms/authorizations.ts';
import { readPages, tableBelow } from './pages.ts';

const page = async () => {
  const found = (await readPages()).find(({ path }) => path === 'docs/configuration.md');
  if (found === undefined) throw new Error('docs/configuration.md is missing');
  return found;
};

it('the page of configuration lists every setting as the table has it', async () => {
  expect(tableBelow(await page(), 'All settings')).toEqual(
    Object.entries<SettingDefinition>(settings).map(([key, definition]) => [
      `\`${key}\``,
      definition.description,
      definition.form,
      `\`${JSON.stringify(definition.default)}\``,
      definition.layers.join(', '),
    ]),
  );
});

it('the page of configuration names the fields of our app at every platform', async () => {
  expect(tableBelow(await page(), 'Our app at each platform').map(([platform, fields]) => [platform, fields])).toEqual(
    Object.entries(authorizations).map(([platform, { app }]) => [
      `\`${platform}\``,
      [app.id, app.secret, ...app.others].map((field) => `\`${field}\``).join(', '),
    ]),
  );
});
