// The table of plural categories that the server’s own rules are held to, held against the browser’s: what
// the page says at first, and what it counts down in, are one grammar.

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '../support/fixtures';

const table = JSON.parse(
  readFileSync(path.join(__dirname, '../../app/locales/plurals.json'), 'utf8'),
) as Record<string, Record<string, number[]>>;

test('every language counts as the browser does, from 0 to 120 and at a million', async ({ page }) => {
  expect(Object.keys(table)).toHaveLength(12);
  const found = await page.evaluate((languages) => {
    const counts = [...Array.from({ length: 121 }, (_, count) => count), 1_000_000];
    return Object.fromEntries(languages.map((language) => {
      const rules = new Intl.PluralRules(language);
      const categories: Record<string, number[]> = {};
      for (const count of counts) (categories[rules.select(count)] ??= []).push(count);
      return [language, categories];
    }));
  }, Object.keys(table));
  expect(found).toEqual(table);
});
