// Every state beside its committed picture (`snapshots/`), on a phone and on a computer, light and
// dark, and from right to left; none scrolls sideways.
//
// A change of the design shows here first: look at what differs, then
// `playwright test screens --update-snapshots`.

import { devices } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { walk } from '../support/states';
import { VerifyPage } from '../support/verify';
import { DO } from '../support/words';

const PHONE = { ...devices['Pixel 5'], viewport: { width: 360, height: 740 }, deviceScaleFactor: 1, defaultBrowserType: undefined };
const COMPUTER = { viewport: { width: 1280, height: 800 } };

const SCREENS = [
  { name: '360-light', context: { ...PHONE, colorScheme: 'light' } },
  { name: '360-dark', context: { ...PHONE, colorScheme: 'dark' } },
  { name: '1280-light', context: { ...COMPUTER, colorScheme: 'light' } },
  { name: '1280-dark', context: { ...COMPUTER, colorScheme: 'dark' } },
  { name: '360-rtl', context: { ...PHONE, colorScheme: 'light', locale: 'ar' } },
] as const;

/** What is never twice the same: tokens, the time left, the four digits. */
const CHANGING = '.qr, #handoff-link, .time, .digits';

/** How many pixels may differ: fewer than the smallest drawing has. */
const TOLERANCE = 40;

/** What the page says where it stands. */
const HEADINGS = {
  consent: 'consent',
  'ask-cancel': 'askCancel',
  'progress-chip': 'chip',
  'ask-release': 'askRelease',
  'progress-face': 'face',
  'outcome-failed': 'failed',
  'outcome-succeeded': 'succeeded',
  'outcome-withdrawable': 'succeeded',
  'ask-withdraw': 'askWithdraw',
  'outcome-withdrawn': 'withdrawn',
  'outcome-cancelled-by-user': 'cancelledByUser',
  'outcome-cancelled-by-organization': 'cancelledByOrganization',
  'outcome-expired': 'expired',
  'open-original': 'openOriginal',
  'wrong-link': 'wrongLink',
  'not-found': 'notFound',
  malformed: 'malformed',
  app: 'app',
} as const;

for (const { name, context } of SCREENS) {
  test(`every state looks as it did, ${name}`, async ({ visitor, site, complaints }) => {
    complaints.expect(/the server responded with a status of 40\d/);
    const page = await visitor({ ...context, reducedMotion: 'reduce' });
    const verify = new VerifyPage(page);
    const onPhone = name.startsWith('360');
    const headings = { ...HEADINGS, handoff: onPhone ? 'handoffOnPhone' : 'handoff' } as const;
    await walk(page, site, async (state) => {
      const heading = headings[state as keyof typeof headings];
      if (name !== '360-rtl') {
        if (heading !== undefined) await verify.shows(heading);
        if (state === 'ask-cancel') await expect(verify.link(DO.back)).toBeVisible();
        if (state === 'handoff' && onPhone) {
          const id = new URL(page.url()).pathname.slice(1);
          await expect(verify.link(DO.openApp)).toHaveAttribute('href', new RegExp(`#${id}\\.`));
        }
        if (state === 'progress-face') await verify.tries(3, 2);
      }
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const excess = await page.evaluate(() => {
        const root = document.documentElement;
        return root.scrollWidth - root.clientWidth;
      });
      expect(excess, `${state} scrolls sideways`).toBeLessThanOrEqual(0);
      await expect.soft(page).toHaveScreenshot(`${state}-${name}.png`, {
        fullPage: true, mask: [page.locator(CHANGING)], maxDiffPixels: TOLERANCE,
      });
    });
  });
}
