import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    // The newest two years of browsers; `light-dark()` stays as it is written.
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Nothing may be inlined as script: the content security policy refuses it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
