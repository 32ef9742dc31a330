import { checkAccess, desk, openStand, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

const startedAt = new Date(Date.now() - 90_000).toISOString();
const jobs = [
  { id: 'job_1', kind: 'importCommit', status: 'running', total: 1_000_000, done: 412_345, failed: 12, startedAt },
  { id: 'job_2', kind: 'segmentExport', status: 'succeeded', total: 12_345, done: 12_345, failed: 0, startedAt, finishedAt: startedAt, result: { exportId: 'exp_1' } },
  { id: 'job_3', kind: 'campaignPlan', status: 'partlyFailed', total: 2000, done: 1960, failed: 40, startedAt, finishedAt: startedAt },
];

story('the jobs drawer shows progress, result and what failed', async () => {
  // States that a real run passes through in a blink are held still by the fake.
  const stand = await openStand(jobs);
  try {
    for (const [language, width, scheme] of [['ko', desk, 'light'], ['en', phone, 'dark']] as const) {
      const page = await stand.signedIn(language, width, scheme);
      await page.getByRole('button', { name: /작업|Jobs/ }).click();
      await page.getByRole('progressbar').waitFor();
      await shoot(page, `jobs-${width}-${language}-${scheme}`);
      await checkAccess(page);
      await page.context().close();
    }
  } finally {
    await stand.stop();
  }
});
