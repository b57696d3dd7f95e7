// How every state is drawn for those who look differently: narrow, large, forced colours, contrast, still.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { borderless, code, faintTexts, moving, overflows, smallTargets } from '../support/measure';
import { STATES, walk } from '../support/states';

const REFUSED = /the server responded with a status of 40\d/;

/** Opens what is folded: it has to fit as well. */
async function unfold(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '');
  });
}

for (const locale of ['en-US', 'ar', 'de']) {
  test(`every state fits 320 pixels, and texts of twice the size, with targets one can hit, ${locale}`, async ({
    visitor, site, complaints,
  }) => {
    complaints.expect(REFUSED);
    const narrow = { width: 320, height: 640 };
    const page = await visitor({ locale, viewport: narrow, reducedMotion: 'reduce' });
    const states: string[] = [];
    await walk(page, site, async (state) => {
      states.push(state);
      await unfold(page);
      expect.soft(await overflows(page), `${state}, 320 pixels`).toEqual([]);
      expect.soft(await smallTargets(page), `${state}, 320 pixels`).toEqual([]);
      await page.setViewportSize({ width: 640, height: 800 });
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      expect.soft(await overflows(page), `${state}, text of twice the size`).toEqual([]);
      await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
      await page.setViewportSize({ width: 1280, height: 800 });
      expect.soft(await overflows(page), `${state}, 1280 pixels`).toEqual([]);
      expect.soft(await smallTargets(page), `${state}, 1280 pixels`).toEqual([]);
      await page.setViewportSize(narrow);
    });
    expect(states.length).toBe(STATES);
  });
}

test('a screen magnified four times shows what a narrow one shows', async ({ visitor, site, complaints }) => {
  complaints.expect(REFUSED);
  const page = await visitor({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, reducedMotion: 'reduce' });
  await walk(page, site, async (state) => {
    await unfold(page);
    expect.soft(await overflows(page), state).toEqual([]);
    // Nothing stays in the way of what is read or focused.
    const stuck = await page.evaluate(() => [...document.querySelectorAll('*')]
      .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
      .filter((element) => element.getBoundingClientRect().height > innerHeight / 4).map((element) => element.outerHTML.slice(0, 100)));
    expect.soft(stuck, state).toEqual([]);
  });
});

/** Whether the current step looks different from the others without any colour of our own. */
async function currentStepStandsOut(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const current = document.querySelector('[aria-current="step"]');
    if (!current) return true;
    const look = (item: Element): string => JSON.stringify([item, ...item.querySelectorAll('*')].map((element) => {
      const style = getComputedStyle(element);
      return [style.fontWeight, style.textDecorationLine, style.borderTopWidth, style.borderTopStyle, style.outlineStyle, style.backgroundColor, style.color];
    }));
    const others = [...(current.parentElement?.children ?? [])].filter((item) => item !== current);
    return others.every((item) => look(item) !== look(current));
  });
}

async function focusIsSeen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type="hidden"]), select, summary')];
    return all.filter((element) => element.checkVisibility()).flatMap((element) => {
      element.focus({ focusVisible: true } as FocusOptions);
      const style = getComputedStyle(element);
      const ground = getComputedStyle(document.body).backgroundColor;
      const seen = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== ground;
      return seen ? [] : [element.outerHTML.slice(0, 120)];
    });
  });
}

test('with forced colours controls have edges, the step stands out, the code can be scanned, the focus is seen', async ({
  visitor, site, complaints,
}) => {
  complaints.expect(REFUSED);
  const page = await visitor({ forcedColors: 'active', reducedMotion: 'reduce' });
  let codes = 0;
  await walk(page, site, async (state) => {
    await unfold(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const where = `${state}, ${colorScheme}`;
      expect.soft(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
      expect.soft(await borderless(page), where).toEqual([]);
      expect.soft(await currentStepStandsOut(page), `${where}: the current step`).toBe(true);
      expect.soft(await focusIsSeen(page), `${where}: focus`).toEqual([]);
      expect.soft(await faintTexts(page, 4.5), `${where}: texts`).toEqual([]);
      const qr = await code(page);
      if (qr) {
        codes += 1;
        expect.soft(Math.max(...qr.dark), `${where}: dark modules`).toBeLessThan(64);
        expect.soft(Math.min(...qr.light), `${where}: light around them`).toBeGreaterThan(192);
        expect.soft(qr.quiet, where).toBeGreaterThanOrEqual(4);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
  expect(codes, 'the code was looked at in light and dark').toBe(2);
});

test('where more contrast is wanted every text has seven to one', async ({ visitor, site, complaints }) => {
  complaints.expect(REFUSED);
  const page = await visitor({ contrast: 'more', reducedMotion: 'reduce' });
  await walk(page, site, async (state) => {
    await unfold(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await page.evaluate(() => matchMedia('(prefers-contrast: more)').matches)).toBe(true);
      expect.soft(await faintTexts(page, 7), `${state}, ${colorScheme}`).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

test('where motion is unwanted nothing moves', async ({ visitor, site, complaints }) => {
  complaints.expect(REFUSED);
  const page = await visitor({ reducedMotion: 'reduce' });
  await walk(page, site, async (state) => {
    await unfold(page);
    expect.soft(await moving(page), state).toEqual([]);
    for (const control of await page.locator('button, main a[href], summary').filter({ visible: true }).all()) {
      await control.hover();
      expect.soft(await page.evaluate(() => document.getAnimations().length), state).toBe(0);
    }
  });
});
