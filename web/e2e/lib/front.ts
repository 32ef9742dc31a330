import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { freePort, type Host } from './host.ts';

const dist = join(import.meta.dirname, '../../dist');
const kinds: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };

/** Serves web/dist as the host does (any unknown path is the console) and hands /v1 to `answer`. */
export async function startFront(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<Host> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('web/dist is missing: npm run build first');
  const port = await freePort();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path.startsWith('/v1/')) {
      answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
      return;
    }
    const file = join(dist, normalize(path));
    const found = file.startsWith(dist) && existsSync(file) && statSync(file).isFile() ? file : join(dist, 'index.html');
    response.writeHead(200, { 'Content-Type': kinds[extname(found)] ?? 'application/octet-stream' }).end(readFileSync(found));
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return { url: `http://localhost:${port}`, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }) };
}
