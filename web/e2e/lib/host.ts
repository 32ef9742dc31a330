import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

export interface Host { url: string; stop: () => Promise<void> }

export const hostExists = (): boolean => existsSync(join(root, 'localstack/host'));

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Builds the Go host once (Go's cache makes the next time quick) and starts it on a free port with a data folder of its own. */
export async function startHost(): Promise<Host> {
  const home = mkdtempSync(join(tmpdir(), 'dangol-e2e-'));
  const binary = join(home, 'host');
  await run('go', ['build', '-o', binary, './localstack/host'], { cwd: root, timeout: 600_000 });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(binary, { cwd: root, env: { ...process.env, DANGOL_ADDR: `localhost:${port}`, DANGOL_DATA: join(home, 'data') }, stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  child.stdout.on('data', (text: Buffer) => log.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => log.push(text.toString()));
  const stop = () => stopChild(child).finally(() => rmSync(home, { recursive: true, force: true }));
  try {
    await healthy(url, child);
  } catch (error) {
    await stop();
    throw new Error(`the host did not come up: ${String(error)}\n${log.join('').slice(-4000)}`);
  }
  return { url, stop };
}

async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (child.exitCode !== null) throw new Error(`exit ${child.exitCode}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no answer from /healthz in 30 s');
}

/** Ends the process that this run started, by its own handle. */
function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => { clearTimeout(hard); resolve(); });
    child.kill('SIGTERM');
  });
}
