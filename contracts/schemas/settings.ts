import * as z from 'zod/mini';
import { settingLayers } from '../settings.ts';

const layer = z.enum(settingLayers);

export const settingLine = z
  .object({
    key: z.string(),
    value: z.unknown().register(z.globalRegistry, { description: 'What holds, from the layer named `source`' }),
    source: layer,
    unit: z.nullable(z.string()),
    description: z.string(),
    form: z.string().register(z.globalRegistry, { description: 'What a value must be, in words' }),
    workspaceMayChange: z.boolean(),
    layers: z
      .array(z.object({ layer, value: z.unknown() }))
      .register(z.globalRegistry, { description: 'Where it is set, the first that gives way first' }),
  })
  .register(z.globalRegistry, { id: 'Setting', description: 'One setting and where its value comes from' });

export const settingList = z.object({ items: z.array(settingLine) }).register(z.globalRegistry, { id: 'SettingList' });

export const changeSettingsBody = z
  .strictObject({
    values: z
      .record(z.string().check(z.maxLength(200)), z.unknown())
      .register(z.globalRegistry, { description: 'By key; null takes the workspace’s own value away' }),
  })
  .register(z.globalRegistry, { id: 'SettingsChange' });
