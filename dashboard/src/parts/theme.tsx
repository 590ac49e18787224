import { useState } from 'react';
import { Icon, type IconName } from './icon.tsx';

const themes = {
  system: { label: 'As the system', icon: 'system' },
  light: { label: 'Light', icon: 'sun' },
  dark: { label: 'Dark', icon: 'moon' },
} as const satisfies Record<string, { label: string; icon: IconName }>;
type Theme = keyof typeof themes;
const themeNames = Object.keys(themes) as readonly Theme[];

const storageKey = 'conext.theme';

const stored = (): Theme => themeNames.find((name) => name === localStorage.getItem(storageKey)) ?? 'system';

/** Before the first paint, so that nothing flashes. */
export function applyTheme(theme: Theme = stored()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function ThemeChoice() {
  const [theme, setTheme] = useState(stored);
  const choose = (next: Theme): void => {
    localStorage.setItem(storageKey, next);
    applyTheme(next);
    setTheme(next);
  };
  return (
    <fieldset className="segments theme-choice">
      <legend className="unseen">Theme</legend>
      {themeNames.map((name) => (
        <label key={name} title={themes[name].label}>
          <input type="radio" name="theme" checked={theme === name} onChange={() => choose(name)} />
          <span>
            <Icon name={themes[name].icon} />
            <span className="unseen">{themes[name].label}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
