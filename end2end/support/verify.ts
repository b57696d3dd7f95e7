// The verify page as its user meets it: by headings, names and roles.

import { type Locator, type Page, expect } from '@playwright/test';

import type { Kayle, NewSession, Session } from './kayle';
import { BIOMETRIC, DO, HEADING, LEFT } from './words';

/** What most tests ask for: two required fields and two optional ones. */
export const FIELDS = {
  family_name: { required: true, reason: 'Open the account in your name' },
  age_over_18: { required: true, reason: 'Accounts are for adults only' },
  nationality_code: { required: false, reason: 'Offer the right tax form' },
  document_expiry_date: { required: false, reason: 'Remind you before it runs out' },
} as const;

type Heading = keyof typeof HEADING;

export class VerifyPage {
  constructor(readonly page: Page) {}

  /** The page of a new session, opened by its link and agreed to. */
  static async agreed(page: Page, kayle: Kayle, body: NewSession = {}): Promise<{ session: Session; verify: VerifyPage }> {
    const session = await kayle.createSession(body);
    const verify = new VerifyPage(page);
    await verify.open(session);
    await verify.agree();
    return { session, verify };
  }

  /** Opens the original link. */
  async open(session: Session): Promise<void> {
    await this.page.goto(session.verification_url);
    await this.shows('consent');
  }

  /** The page is in a state, however it comes there. */
  async shows(state: Heading, timeout?: number): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(HEADING[state], { timeout });
  }

  /** Lets the page's installed clock run until the page is in a state, and its requests in between. */
  async comesTo(state: Heading): Promise<void> {
    const look = async (): Promise<string> => {
      try {
        await this.page.clock.runFor(3_000);
        return await this.page.getByRole('heading', { level: 1 }).innerText({ timeout: 1_000 });
      } catch {
        return ''; // between two pages
      }
    };
    await expect.poll(look, { intervals: [150], timeout: 40_000 }).toBe(HEADING[state]);
  }

  /** Stops the page's clock, from its next document on: from there it runs when it is told to. */
  async stopClock(): Promise<void> {
    await this.page.clock.install();
    await this.page.clock.pauseAt(Date.now() + 60_000); // however slow the machine
  }

  /** Lets the stopped clock run just until the countdown is live, and offers this and nothing else. */
  async counting(offer: string): Promise<void> {
    await expect.poll(async () => {
      await this.page.clock.runFor(10);
      return this.page.locator('.countdown').getByRole('button').allInnerTexts();
    }).toEqual([offer]);
  }

  /** Ticks what is given, and agrees. */
  async agree(...optional: string[]): Promise<void> {
    for (const name of optional) await this.page.getByRole('checkbox', { name }).check();
    await this.page.getByRole('checkbox', { name: BIOMETRIC }).check();
    await this.page.getByRole('button', { name: DO.agree }).click();
    await this.shows('handoff');
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  text(text: string | RegExp): Locator {
    return this.page.getByText(text);
  }

  /** Cancels from an open state, confirming once. */
  async cancel(link: string = DO.cancel): Promise<void> {
    await this.link(link).click();
    await this.shows('askCancel');
    await this.button(DO.cancelYes).click();
    await this.shows('cancelledByUser');
  }

  /** The attempts that remain of both checks. */
  async tries(chip: number, face: number): Promise<void> {
    await expect(this.page.getByRole('definition')).toHaveText([LEFT[chip] ?? '', LEFT[face] ?? '']);
  }

  /** The four digits that the phone shows too. */
  async code(): Promise<string> {
    const digits = this.page.getByText(/^\d{4}$/);
    await expect(digits).toBeVisible();
    return digits.innerText();
  }

  /** Where the three steps on the phone stand: phone, chip, face. */
  async checks(...states: [string, string, string]): Promise<void> {
    const items = this.page.getByRole('list', { name: 'Steps on your phone' }).getByRole('listitem');
    await expect(items).toHaveText([
      new RegExp(`^Phone connected\\s*${states[0]}$`),
      new RegExp(`^Passport chip\\s*${states[1]}$`),
      new RegExp(`^Face\\s*${states[2]}$`),
    ]);
  }

  /** Leaves a mark that only lives as long as this document. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => document.documentElement.setAttribute('data-mark', 'here'));
  }

  /** The document is still the one that was marked. */
  async stillMarked(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-mark', 'here');
  }
}
