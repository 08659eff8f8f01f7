import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = 'http://127.0.0.1:8080';

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
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': gateway, '/v1': gateway, '/healthz': gateway } },
});
