import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const candidates = [process.env.DANGOL_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path));

export const howToGetChromium = 'Debian: apt-get install chromium fonts-noto-cjk   (or set DANGOL_CHROMIUM to another Chromium)';

export function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error(`No Chromium here. ${howToGetChromium}`);
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
