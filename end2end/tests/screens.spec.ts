// Pictures of every state for people to look at, and a check that none scrolls sideways.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { devices } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { walk } from '../support/states';
import { VerifyPage } from '../support/verify';
import { DO } from '../support/words';

const SCREENS = [
  { name: '360', context: { ...devices['Pixel 5'], viewport: { width: 360, height: 740 }, defaultBrowserType: undefined } },
  { name: '1280', context: { viewport: { width: 1280, height: 800 } } },
];

/** What the page says where it stands. */
const HEADINGS = {
  consent: 'consent',
  'ask-cancel': 'askCancel',
  'progress-chip': 'chip',
  'ask-release': 'askRelease',
  'progress-face': 'face',
  'outcome-failed': 'failed',
  'outcome-succeeded': 'succeeded',
  'outcome-cancelled-by-user': 'cancelledByUser',
  'outcome-cancelled-by-organization': 'cancelledByOrganization',
  'open-original': 'openOriginal',
  'wrong-link': 'wrongLink',
  'not-found': 'notFound',
  malformed: 'malformed',
  app: 'app',
} as const;

for (const { name, context } of SCREENS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every state fits ${name} pixels, ${colorScheme}`, async ({ visitor, site, complaints }, testInfo) => {
      complaints.expect(/the server responded with a status of 40\d/);
      const folder = join(testInfo.project.outputDir, 'screens');
      await mkdir(folder, { recursive: true });
      const page = await visitor({ ...context, colorScheme, reducedMotion: 'reduce' });
      const verify = new VerifyPage(page);
      const shoot = async (state: string): Promise<void> => {
        const excess = await page.evaluate(() => {
          const root = document.documentElement;
          return root.scrollWidth - root.clientWidth;
        });
        expect(excess, `${state} scrolls sideways`).toBeLessThanOrEqual(0);
        const path = join(folder, `${state}-${name}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: true });
      };

      const onPhone = name === '360';
      const headings = { ...HEADINGS, handoff: onPhone ? 'handoffOnPhone' : 'handoff' } as const;
      await walk(page, site, async (state) => {
        const heading = headings[state as keyof typeof headings];
        if (heading !== undefined) await verify.shows(heading);
        if (state === 'ask-cancel') await expect(verify.link(DO.back)).toBeVisible();
        if (state === 'handoff' && onPhone) {
          const id = new URL(page.url()).pathname.slice(1);
          await expect(verify.link(DO.openApp)).toHaveAttribute('href', new RegExp(`#${id}\\.`));
        }
        if (state === 'progress-face') await verify.tries(3, 2);
        await shoot(state);
      });
    });
  }
}
