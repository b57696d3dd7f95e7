// The languages there is a file of translations for, English first.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../app/locales');

/** The path of a file in the folder of translations. */
export const localeFile = (name: string): string => join(FOLDER, name);

const tags = readdirSync(FOLDER).filter((name) => name.endsWith('.ftl')).map((name) => name.slice(0, -'.ftl'.length));

/** Their BCP 47 tags. */
export const LANGUAGES = tags.sort((a, b) => Number(b === 'en') - Number(a === 'en') || (a < b ? -1 : 1));
