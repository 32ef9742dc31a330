import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = process.cwd();

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

it('styles every Mantine component in use: a missing line is added to styles.ts', () => {
  const styles = readFileSync(join(root, 'src/ui/styles.ts'), 'utf8');
  const used = new Set(files(join(root, 'src')).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)]
    .flatMap(([, names]) => (names ?? '').split(',').map((name) => name.replace(/^\s*type\s+/, '').trim()))));
  const missing = [...used].filter((name) => existsSync(join(root, `node_modules/@mantine/core/styles/${name}.layer.css`)) && !styles.includes(`/${name}.layer.css`));
  expect(missing).toEqual([]);
});
