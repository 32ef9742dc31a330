// First load (entry, its static imports, their CSS, one language) must stay under 300 kB gzip. Runs after the build.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const limit = 300_000;
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const files = new Set();

function take(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  chunk.css?.forEach((css) => files.add(css));
  chunk.imports?.forEach(take);
}
take('index.html');
// The words of one language, the frame and the home page load at once with the entry.
for (const key of ['src/app/i18n/ko.ts', 'src/app/frame/Frame.tsx', 'src/features/home/HomePage.tsx']) take(key);

const size = (file) => gzipSync(readFileSync(new URL(file, dist))).length;
const sizes = [...files].map((file) => [file, size(file)]).sort((a, b) => b[1] - a[1]);
const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
for (const [file, bytes] of sizes.slice(0, 8)) console.log(`${String(bytes).padStart(8)} ${file}`);
console.log(`first load: ${(total / 1000).toFixed(1)} kB gzip of ${limit / 1000} (${sizes.length} files, fonts apart)`);
if (total > limit) {
  console.error('size: first load is over its limit; move code behind a lazy route');
  process.exit(1);
}
