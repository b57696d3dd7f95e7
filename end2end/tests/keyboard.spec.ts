// The whole way with a keyboard alone, and where the focus is after each step.

import { type Locator, type Page, expect as check } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { FIELDS, VerifyPage } from '../support/verify';
import { BIOMETRIC, DO, FORGOT, LINK, RELEASED } from '../support/words';

/** The focused element shows that it is: with an outline or a shadow, inside the window. */
async function showsFocus(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: 'nothing', ring: false, inView: false };
    const style = getComputedStyle(element);
    const ring = (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    const box = element.getBoundingClientRect();
    const inView = box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return { name: element.outerHTML.slice(0, 120), ring, inView };
  });
  check.soft(seen, `the focus can be seen: ${seen.name}`).toMatchObject({ ring: true, inView: true });
}

/** Presses Tab until `target` is reached, seeing the focus at every stop. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let stops = 0; stops < 40; stops += 1) {
    await page.keyboard.press(key);
    await showsFocus(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${String(target)} cannot be reached with ${key}`);
}

/** Every stop of a page from its beginning, forwards or backwards, until the focus leaves it. */
async function stops(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<string[]> {
  const found: string[] = [];
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')];
      const { activeElement } = document;
      return activeElement && activeElement !== document.body ? `${all.indexOf(activeElement)} ${activeElement.tagName}` : '';
    });
    if (stop === '' || found.includes(stop)) return found;
    found.push(stop);
    await showsFocus(page);
  }
  throw new Error(`the focus is caught: ${found.join(', ')}`);
}

/** The element after which Tab goes on is this one. */
async function focused(locator: Locator): Promise<void> {
  await expect(locator).toBeFocused();
  const { page } = { page: locator.page() };
  const next = await locator.evaluate((element) => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type="hidden"]), select, summary, [tabindex="0"]')];
    const after = all.filter((other) => element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING && other.checkVisibility());
    return after[0]?.outerHTML.slice(0, 200);
  });
  await page.keyboard.press('Tab');
  const reached = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
  if (next !== undefined) expect(reached, 'Tab goes on from there').toBe(next);
}

test('from consent to the outcome with a keyboard alone', async ({ page, site }) => {
  // What can still be withdrawn: nobody is ever told.
  await site.kayle.withUnreachable(async (endpoint) => {
    await page.context().grantPermissions(['clipboard-write']);
    const session = await site.kayle.createSession({ share_fields: FIELDS, redirect_url: 'https://shop.example/back', webhook_endpoint_id: endpoint });
    const verify = new VerifyPage(page);
    const h1 = page.getByRole('heading', { level: 1 });
    await verify.open(session);

    await test.step('the skip link comes first, shows itself, and leads past the header', async () => {
      await page.keyboard.press('Tab');
      const skip = page.getByRole('link', { name: 'Skip to content' });
      await expect(skip).toBeFocused();
      await expect(skip).toBeInViewport({ ratio: 1 });
      await showsFocus(page);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true);
    });

    await test.step('boxes are ticked with Space, and what is folded opens with Enter', async () => {
      const nationality = page.getByRole('checkbox', { name: 'Nationality' });
      await tabTo(page, nationality);
      await page.keyboard.press('Space');
      await expect(nationality).toBeChecked();
      await tabTo(page, page.getByRole('checkbox', { name: BIOMETRIC }));
      await page.keyboard.press('Space');
      await tabTo(page, page.locator('summary').first());
      await page.keyboard.press('Enter');
      await expect(page.locator('details').first()).toHaveAttribute('open', '');
      await page.keyboard.press('Tab');
      await expect(page.getByRole('link', { name: /^Use the other way/ })).toBeFocused();
      await tabTo(page, verify.button(DO.agree), 'Shift+Tab');
      await page.keyboard.press('Enter');
      await verify.shows('handoff');
    });

    await test.step('the link is selected and copied', async () => {
      await expect(h1).toBeFocused();
      await expect(verify.button(DO.copy), 'the page is live').toBeVisible();
      await tabTo(page, page.getByRole('textbox', { name: LINK }));
      await tabTo(page, verify.button(DO.copy));
      await page.keyboard.press('Space');
      await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
      await expect(verify.button(DO.copy)).toBeFocused();
    });

    const device = await site.phone(session.verification_url, 'pass');
    await test.step('a phone can be disconnected, or not', async () => {
      await device.through('hello');
      await verify.shows('chip');
      await expect(h1).toBeFocused();
      await tabTo(page, verify.link(DO.release));
      await page.keyboard.press('Enter');
      await verify.shows('askRelease');
      await expect(h1).toBeFocused();
      await tabTo(page, verify.button(DO.releaseYes));
      await tabTo(page, verify.link(DO.back));
      await page.keyboard.press('Enter');
      await verify.shows('chip');
    });

    await test.step('the countdown stops, and the withdrawal is asked for', async () => {
      await verify.stopClock();
      await device.finish();
      await verify.shows('succeeded');
      await verify.counting(DO.stay);
      await page.keyboard.press('Tab'); // any key stops it
      await expect(verify.button(DO.stay)).toBeHidden();
      await tabTo(page, verify.button(DO.goOn));
      await page.keyboard.press('Space');
      await expect(verify.button(DO.stay)).toBeFocused();
      await page.keyboard.press('Space');
      await expect(verify.button(DO.goOn)).toBeFocused();
      await tabTo(page, verify.link(DO.withdraw));
      await page.keyboard.press('Enter');
      await verify.shows('askWithdraw');
      await tabTo(page, verify.link(DO.back));
      await page.keyboard.press('Enter');
      await verify.shows('succeeded');
    });
  });
});

test('on every page each stop is seen, in the order of the page, and the focus can leave', async ({ page, site }) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS, redirect_url: 'https://shop.example/back' });
  const verify = new VerifyPage(page);
  const ordered = async (path: string): Promise<void> => {
    // As after typing the address: nothing is focused yet.
    await page.goto('about:blank');
    await page.goto(site.kayle.url + path);
    // What appears with the script is a stop as well.
    await expect(page.locator('.copy button[hidden], .countdown[hidden]')).toHaveCount(0);
    await page.locator('details').evaluateAll((all) => { for (const details of all) details.setAttribute('open', ''); });
    const forwards = await stops(page, 'Tab');
    expect(forwards.length).toBeGreaterThanOrEqual(1);
    expect(forwards[0], `${path}: the skip link is first`).toContain(' A');
    const places = forwards.map((stop) => Number.parseInt(stop, 10));
    expect(places, `${path}: in the order of the page`).toEqual([...places].sort((a, b) => a - b));
    const reachable = await page.locator('a[href], button, input:not([type="hidden"]), select, summary').filter({ visible: true }).count();
    expect(forwards.length, `${path}: nothing is left out`).toBeGreaterThanOrEqual(reachable);
    const backwards = await stops(page, 'Shift+Tab');
    expect([...backwards].reverse(), `${path}: the same backwards`).toEqual(forwards);
  };
  await verify.open(session);
  await ordered(`/${session.id}`);
  await ordered(`/${session.id}?ask=cancel`);
  await page.goto(`${site.kayle.url}/${session.id}`);
  await verify.agree();
  await ordered(`/${session.id}`);
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  await verify.shows('chip');
  await ordered(`/${session.id}`);
  await page.emulateMedia({ reducedMotion: 'reduce' }); // so that it stays
  await device.finish();
  await verify.shows('succeeded');
  await ordered(`/${session.id}`);
  await ordered('/app');
});

test('the language changes by keyboard, and not before it is asked for', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  await new VerifyPage(page).open(session);
  await tabTo(page, page.getByRole('combobox', { name: 'Language' }));
  await page.keyboard.type('Deu');
  await expect(page.getByRole('combobox', { name: 'Language' })).toHaveValue('de');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.keyboard.press('Tab');
  await showsFocus(page);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await focused(page.getByRole('heading', { level: 1 }));
});

test('after each step the focus is on the new heading, or on the message above it', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  const h1 = page.getByRole('heading', { level: 1 });
  await verify.open(session);
  await expect(page.locator('body'), 'a page opened by its link is read from the top').toBeFocused();

  await verify.link(DO.decline).click();
  await verify.shows('askCancel');
  await focused(h1);
  await verify.link(DO.back).click();
  await verify.shows('consent');
  await focused(h1);
  await page.locator('form[action$="/consent"]').evaluate((form: HTMLFormElement) => { form.noValidate = true; });
  await verify.button(DO.agree).click();
  await expect(page.getByRole('alert')).toContainText(FORGOT);
  await focused(page.getByRole('alert'));
  await verify.agree();
  await focused(h1);

  const first = await site.phone(session.verification_url, 'pass');
  await first.through('hello');
  await verify.shows('chip'); // by itself
  await focused(h1);
  await verify.link(DO.release).click();
  await verify.shows('askRelease');
  await verify.button(DO.releaseYes).click();
  await verify.shows('handoff');
  await expect(page.locator('#notice')).toHaveText(RELEASED);
  await focused(page.locator('#notice'));

  const second = await site.phone(session.verification_url, 'pass');
  await second.through('nfc');
  await verify.shows('face');
  await focused(h1);
  await second.finish();
  await verify.shows('succeeded');
  await focused(h1);
});

test('a number that changes in place leaves the focus where it is', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('hello');
  await verify.shows('chip');
  await tabTo(page, verify.link(DO.cancel));
  await device.through('nfc');
  await verify.tries(2, 3);
  await expect(verify.link(DO.cancel)).toBeFocused();
});
