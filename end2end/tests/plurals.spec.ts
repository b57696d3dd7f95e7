// What the server says of languages, held against what the browser says of them: the table its plural rules
// are held to, and the direction each file of translations names.

import { readFileSync } from 'node:fs';

import { expect, test } from '../support/fixtures';
import { LANGUAGES, localeFile } from '../support/languages';

const table = JSON.parse(readFileSync(localeFile('plurals.json'), 'utf8')) as Record<string, Record<string, number[]>>;

test('every language counts as the browser does, from 0 to 120 and at a million', async ({ page }) => {
  expect(Object.keys(table).sort()).toEqual([...LANGUAGES].sort());
  const found = await page.evaluate((languages) => {
    const counts = [...Array.from({ length: 121 }, (_, count) => count), 1_000_000];
    return Object.fromEntries(languages.map((language) => {
      const rules = new Intl.PluralRules(language);
      const categories: Record<string, number[]> = {};
      for (const count of counts) (categories[rules.select(count)] ??= []).push(count);
      return [language, categories];
    }));
  }, LANGUAGES);
  expect(found).toEqual(table);
});

test('every language runs the way the browser says', async ({ page }) => {
  const own = Object.fromEntries(LANGUAGES.map((language) => {
    const text = readFileSync(localeFile(`${language}.ftl`), 'utf8');
    return [language, /^language-direction = (\w+)$/m.exec(text)?.[1]];
  }));
  const found = await page.evaluate((languages) => Object.fromEntries(languages.map((language) => {
    const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo: () => { direction: string } };
    return [language, locale.getTextInfo().direction];
  })), LANGUAGES);
  expect(own).toEqual(found);
});
