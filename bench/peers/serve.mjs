// Runs a Node peer script one measurement at a time, on request; the protocol is that of serve.py.
// node --import serve.mjs SCRIPT [ARG...], with DIJIA_PEERS naming the peers' folder.
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

const common = new URL('serve_common.mjs', import.meta.url).href;
const hooks = `export async function resolve(specifier, context, next) {
  if (specifier === './common.mjs') return { url: ${JSON.stringify(common)}, shortCircuit: true };
  return next(specifier, context);
}`;
register('data:text/javascript,' + encodeURIComponent(hooks), pathToFileURL('./'));
