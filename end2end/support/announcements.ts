// What a screen reader would say by itself: every change of a live region, in order.

import type { Page } from '@playwright/test';

type Hear = (text: string) => Promise<void>;

/** Runs in the page; knows nothing of this file. */
function record(): void {
  const LIVE = '[role="status"], [role="alert"], [role="log"], [aria-live]:not([aria-live="off"])';
  const known = new Map<Element, string>();
  const tidy = (element: Element): string => {
    const text = element.checkVisibility() ? (element as HTMLElement).innerText : '';
    return text.replaceAll(/\s+/g, ' ').trim();
  };
  /** What is said as a whole: the region if it is atomic, else its atomic parts and its leaves. */
  const units = (region: Element): Element[] => {
    const atomic = region.getAttribute('aria-atomic');
    if (atomic === 'true' || (atomic === null && region.matches('[role="status"], [role="alert"]'))) return [region];
    const inside = [...region.querySelectorAll('*')];
    return inside.filter((element) => {
      const whole = element.closest('[aria-atomic="true"]');
      return whole === element || (whole === null && element.childElementCount === 0);
    });
  };
  const hear = (text: string): void => void (window as unknown as { heard: Hear }).heard(text);
  const look = (first: boolean): void => {
    for (const unit of [...document.querySelectorAll(LIVE)].flatMap(units)) {
      const text = tidy(unit);
      const before = known.get(unit) ?? '';
      known.set(unit, text);
      if (!first && text !== '' && text !== before) hear(text);
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    look(true);
    new MutationObserver((changes) => {
      // The same words put there once more are said once more.
      for (const { target, type, oldValue } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
        if (region && type === 'characterData' && oldValue === target.nodeValue && oldValue !== '') hear(`again: ${oldValue}`);
      }
      look(false);
    }).observe(document, { subtree: true, childList: true, characterData: true, characterDataOldValue: true, attributes: true });
  });
}

export class Announcements {
  /** Everything so far, oldest first. */
  readonly heard: string[] = [];

  /** Listens to a page from its next document on. */
  static async of(page: Page): Promise<Announcements> {
    const announcements = new Announcements();
    await page.exposeFunction('heard', (text: string) => {
      announcements.heard.push(text);
    });
    await page.addInitScript(record);
    return announcements;
  }

  /** Everything since this was last asked. */
  take(): string[] {
    return this.heard.splice(0);
  }
}
