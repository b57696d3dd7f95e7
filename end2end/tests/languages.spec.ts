// The page in other languages: the browser's, the user's own choice, and from right to left.

import { expect, test } from '../support/fixtures';
import { LANGUAGES as TAGS } from '../support/languages';
import { FIELDS } from '../support/verify';


for (const javaScriptEnabled of [true, false]) {
  test(`the browser's language is spoken and can be changed, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ visitor, site }) => {
    const session = await site.kayle.createSession({ share_fields: FIELDS });
    const page = await visitor({ locale: 'fr-CA', javaScriptEnabled });
    await page.goto(session.verification_url);
    const html = page.locator('html');
    await expect(html).toHaveAttribute('lang', 'fr');
    await expect(page.getByRole('combobox', { name: 'Langue' })).toHaveValue('fr');
    await page.locator('#language').selectOption('ar');
    await expect(html, 'nothing changes before it is asked for').toHaveAttribute('lang', 'fr');
    await page.locator('.foot').getByRole('button').click();
    await expect(html).toHaveAttribute('lang', 'ar');
    await expect(html).toHaveAttribute('dir', 'rtl');
    expect(new URL(page.url()).pathname).toBe(`/${session.id}`);
    await page.reload();
    await expect(html, 'the choice is kept').toHaveAttribute('lang', 'ar');
    await page.locator('#language').selectOption({ label: 'English' });
    await page.locator('.foot').getByRole('button').click();
    await expect(html).toHaveAttribute('lang', 'en');
  });
}

test('every language goes from consent to the end without a word of English', async ({ visitor, site }) => {
  test.setTimeout(400_000);
  for (const tag of TAGS.slice(1)) {
    const session = await site.kayle.createSession({ share_fields: FIELDS, locale: tag });
    const page = await visitor({ viewport: { width: 360, height: 740 } });
    await page.goto(session.verification_url);
    const said = async (): Promise<void> => {
      await expect(page.locator('html')).toHaveAttribute('lang', tag);
      const text = await page.locator('body').innerText();
      expect(text, tag).not.toMatch(/(?<!\p{L})(your|passport’s|phone|agree|receives|sharing|verification is)(?!\p{L})/iu);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(excess, `${tag} scrolls sideways`).toBeLessThanOrEqual(0);
    };
    // The reasons are the organization's own words, in its own language.
    await page.locator('q').evaluateAll((reasons) => reasons.forEach((reason) => reason.remove()));
    await said();
    await page.getByRole('checkbox').last().check();
    await page.locator('form[action$="/consent"]').getByRole('button').first().click();
    await expect(page.locator('#qr')).toBeVisible();
    const device = await site.phone(session.verification_url, 'pass');
    await device.finish();
    await expect(page.locator('.steps li').last()).toHaveAttribute('aria-current', 'step');
    await said();
    await page.context().close();
  }
});
