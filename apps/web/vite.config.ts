import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = 'http://127.0.0.1:3000';

// What the first page needs comes in a few files instead of in thirty; everything else is cut where it is imported.
const library = (...names: string[]) => new RegExp(`node_modules/(${names.join('|')})/`);
const chunks = [
  {
    name: 'base',
    test: library(
      'react',
      'react-dom',
      'scheduler',
      'use-sync-external-store',
      '@tanstack/(?!react-virtual|virtual-core)[^/]+',
    ),
    priority: 3,
  },
  { name: 'icons', test: library('lucide-react'), priority: 2 },
  {
    name: 'frame',
    test: /src\/(app\/(person|tabs|brand|route-states|usage-left|use-conversations|language-links)|ask\/(use-ask|run-store|draft-store|answer-state|stream-answer|panel-edge|limits)|kit\/(class-names|call|problem|session-signal|storage|describe-error|button|tooltip|states|toast|format|time|theme|use-pages|frame-buffer|read-events)|locales\/(use-texts|translate))\./,
    priority: 1,
  },
];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: {
      // The library locks scrolling with a <style> element, which our Content-Security-Policy forbids.
      'react-remove-scroll': fileURLToPath(new URL('./src/kit/scroll-lock.tsx', import.meta.url)),
    },
  },
  build: {
    target: 'es2023',
    // A data: URL in a stylesheet or script would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: { proxy: { '/api': gateway, '/v1': gateway, '/healthz': gateway } },
});
