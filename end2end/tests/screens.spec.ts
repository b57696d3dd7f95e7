// Pictures of every state for people to look at, and a check that none scrolls sideways.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { devices } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { FIELDS, VerifyPage } from '../support/verify';
import { DO } from '../support/words';

const SCREENS = [
  { name: '360', context: { ...devices['Pixel 5'], viewport: { width: 360, height: 740 }, defaultBrowserType: undefined } },
  { name: '1280', context: { viewport: { width: 1280, height: 800 } } },
];

for (const { name, context } of SCREENS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every state fits ${name} pixels, ${colorScheme}`, async ({ visitor, site, complaints }, testInfo) => {
      complaints.expect(/the server responded with a status of 404/);
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

      const session = await site.kayle.createSession({
        share_fields: FIELDS, redirect_url: 'https://shop.example/back',
      });
      await verify.open(session);
      await shoot('consent');
      await verify.link(DO.decline).click();
      await verify.shows('askCancel');
      await shoot('confirm');
      await verify.link(DO.back).click();

      await verify.page.getByRole('checkbox', { name: /^I agree/ }).check();
      await verify.button(DO.agree).click();
      const onPhone = name === '360';
      await verify.shows(onPhone ? 'handoffOnPhone' : 'handoff');
      if (onPhone) {
        await expect(verify.link(DO.openApp)).toHaveAttribute('href', new RegExp(`#${session.id}\\.`));
      }
      await shoot('handoff');

      const device = await site.phone(session.verification_url, 'liveness-fail');
      await device.through('hello');
      await verify.shows('chip');
      await shoot('progress-chip');
      await device.through('liveness');
      await verify.tries(3, 2);
      await shoot('progress-face');
      await device.finish();
      await verify.shows('failed');
      await shoot('outcome-failed');

      const other = await site.kayle.createSession({ redirect_url: 'https://shop.example/back' });
      await (await site.phone(other.verification_url, 'pass')).finish();
      await page.goto(other.verification_url);
      await verify.shows('succeeded');
      await shoot('outcome-succeeded');

      await page.goto(`${site.kayle.url}/vs_123`);
      await verify.shows('malformed');
      await shoot('problem');
      await page.goto(`${site.kayle.url}/app`);
      await verify.shows('app');
      await shoot('app');
    });
  }
}
