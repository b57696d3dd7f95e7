// Every state, light and dark, from left to right and from right to left: no violation of WCAG 2.2 A
// and AA or of axe's best practices, and HTML that is valid.

import AxeBuilder from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';

import { expect, test } from '../support/fixtures';
import { STATES, walk } from '../support/states';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// What the standard asks, without opinions about style.
const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // Leptos writes every void element and attribute its own way; both ways are valid.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    // Without JavaScript a waiting page has no other way to look for news; it waits 20 seconds.
    'meta-refresh': 'off',
  },
});

for (const locale of ['en-US', 'ar']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every state is accessible and valid, ${locale}, ${colorScheme}`, async ({ visitor, site, complaints }) => {
      test.setTimeout(400_000);
      complaints.expect(/the server responded with a status of 40\d/);
      const page = await visitor({ locale, colorScheme, reducedMotion: 'reduce' });
      const states: string[] = [];
      await walk(page, site, async (state) => {
        states.push(state);
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect.soft(found, `${state}, ${locale}, ${colorScheme}`).toEqual([]);
        if (colorScheme === 'light') {
          const served = await page.request.get(page.url(), { headers: { 'Accept-Language': locale } });
          const report = await validator.validateString(await served.text());
          const messages = report.results.flatMap((result) => result.messages);
          expect.soft(messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`), state).toEqual([]);
        }
      });
      expect(states.length).toBe(STATES);
    });
  }
}
