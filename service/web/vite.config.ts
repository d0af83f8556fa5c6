import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

import { licenses } from './licenses';

// The service to work against while developing: DIJIA_URL, see service/README.md, "Console".
const service = process.env.DIJIA_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [vue(), licenses('assets/licenses.txt')],
  build: {
    target: 'es2021',
    assetsInlineLimit: 0, // the policy of the page allows no data: addresses
    rollupOptions: { output: { chunkFileNames: ({ name }) => `assets/${name.replace(/\..*/, '')}-[hash].js` } },
    chunkSizeWarningLimit: 700, // ECharts, loaded when a chart is opened
  },
  // Objects, not addresses: requests keep the Host of the page, without which a session changes nothing.
  server: { host: '127.0.0.1', proxy: { '/v1': { target: service }, '/openapi.json': { target: service } } },
});
