// The licences of the packages whose code is in the build, as one text.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Plugin } from 'vite';

// The folder of the package that a module belongs to; nothing for our own.
function packageOf(module: string): string | null {
  const path = module.replace(/^\0/, '').replace(/\?.*$/, '');
  if (!path.includes('/node_modules/')) return null;
  for (let folder = dirname(path); !folder.endsWith('/node_modules'); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version) return folder;
  }
  return null;
}

function licenseOf(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const notice = readdirSync(folder).find((name) => /^notice/i.test(name));
  const texts = [file, notice].map((name) => (name ? readFileSync(join(folder, name), 'utf8').trim() : ''));
  return [`${about.name} ${about.version} (${about.license})`, ...texts].filter(Boolean).join('\n\n');
}

export function licenses(fileName: string): Plugin {
  return {
    name: 'licenses',
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const output of Object.values(bundle)) {
        const modules = output.type === 'chunk' ? output.moduleIds : output.originalFileNames;
        for (const module of modules) {
          const folder = packageOf(module);
          if (folder) folders.add(folder);
        }
      }
      const source = [...folders].map(licenseOf).sort().join(`\n\n${'-'.repeat(78)}\n\n`) + '\n';
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
