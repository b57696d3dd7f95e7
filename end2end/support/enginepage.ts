// The verify page as its user meets it, in any browser that speaks W3C WebDriver.

import { By, type WebDriver, type WebElement, error } from 'selenium-webdriver';

import type { Session } from './kayle';
import { BIOMETRIC, DO, HEADING, LEFT, LINK, QR } from './words';

declare module 'selenium-webdriver' {
  // The package has them, its types do not.
  interface WebElement {
    getAccessibleName(): Promise<string>;
    getAriaRole(): Promise<string>;
  }
}

/** How long the page may take, and how often it is looked at, in milliseconds. */
const PATIENCE = 15_000;
const OFTEN = 50;

/** A document that goes away while it is looked at; what comes next will tell. */
const GOING = [
  error.NoSuchElementError, error.StaleElementReferenceError, error.NoSuchFrameError, error.NoSuchWindowError,
];

function going(problem: unknown): boolean {
  return GOING.some((kind) => problem instanceof kind);
}

/**
 * What a command gives, or nothing if it is not answered: WebKitGTK's driver forgets what it was asked
 * while the page was being replaced, and goes on with the next.
 */
async function answered<T>(command: Promise<T>): Promise<T | undefined> {
  command.catch(() => undefined); // heard below, unless it comes too late
  const forgotten = new Promise<undefined>((resolve) => setTimeout(resolve, 5_000, undefined).unref());
  return Promise.race([command, forgotten]);
}

export class EnginePage {
  constructor(readonly driver: WebDriver) {}

  /** Opens the original link. */
  async open(session: Session): Promise<void> {
    await this.visit(session);
    await this.shows('consent');
  }

  /** Opens the original link, whatever it shows by now. */
  async visit(session: Session): Promise<void> {
    await this.driver.get(session.verification_url);
  }

  /** The page is in a state, however it comes there. */
  async shows(state: keyof typeof HEADING, patience?: number): Promise<void> {
    await this.heading(HEADING[state], patience);
  }

  async heading(text: string, patience?: number): Promise<void> {
    const seen = async (): Promise<string> => this.driver.findElement(By.css('h1')).getText();
    await this.until(`the heading “${text}”`, seen, (heading) => heading === text, patience);
  }

  /** The heading has the focus, so that a screen reader goes on from there. */
  async headingFocused(): Promise<void> {
    const seen = async (): Promise<string> => this.driver.switchTo().activeElement().getTagName();
    await this.until('the focus on the heading', seen, (tag) => tag.toLowerCase() === 'h1');
  }

  /** Ticks what is given, and agrees. */
  async agree(...optional: string[]): Promise<void> {
    for (const name of [...optional, BIOMETRIC]) await (await this.checkbox(name)).click();
    await this.press(DO.agree);
    await this.shows('handoff');
  }

  async checkbox(name: string): Promise<WebElement> {
    return this.named('input[type="checkbox"]', name);
  }

  /** Whether each box is ticked, from top to bottom. */
  async boxes(): Promise<boolean[]> {
    const boxes = await this.driver.findElements(By.css('input[type="checkbox"]'));
    return Promise.all(boxes.map(async (box) => box.isSelected()));
  }

  async press(button: string): Promise<void> {
    await answered((await this.named('button', button)).click());
  }

  async offers(button: string): Promise<void> {
    await this.named('button', button);
  }

  async follow(link: string): Promise<void> {
    await answered((await this.named('a[href]', link)).click());
  }

  /** Uses the browser's own button. */
  async back(): Promise<void> {
    await this.driver.navigate().back();
  }

  async url(): Promise<string> {
    return this.driver.getCurrentUrl();
  }

  /** All that can be read. */
  async everything(): Promise<string> {
    return this.driver.findElement(By.css('body')).getText();
  }

  async says(text: string): Promise<void> {
    await this.until(`“${text}”`, async () => this.everything(), (all) => all.includes(text));
  }

  /** The image for the phone's camera is there, by its role and name, and large enough. */
  async qr(): Promise<void> {
    const image = await this.named('svg[role="img"]', QR);
    const { width, height } = await image.getRect();
    if (Math.min(width, height) < 100) throw new Error(`the QR code is only ${width} × ${height} large`);
  }

  /** The link for the phone. */
  async handoffLink(): Promise<string> {
    return (await this.named('input[readonly]', LINK)).getAttribute('value');
  }

  /** Cancels from an open state, confirming once. */
  async cancel(link: string = DO.cancel): Promise<void> {
    await this.follow(link);
    await this.shows('askCancel');
    await this.press(DO.cancelYes);
    await this.shows('cancelledByUser');
  }

  /** The attempts that remain of both checks. */
  async tries(chip: number, face: number): Promise<void> {
    const left = [LEFT[chip], LEFT[face]].join();
    const seen = async (): Promise<string[]> => {
      const texts = await this.driver.findElements(By.css('.tries dd'));
      return Promise.all(texts.map(async (text) => text.getText()));
    };
    await this.until(`the attempts left: ${left}`, seen, (texts) => texts.join() === left);
  }

  /** The four digits that the phone shows too. */
  async code(): Promise<string> {
    const seen = async (): Promise<string> => this.driver.findElement(By.css('.code .digits')).getText();
    return this.until('the confirmation code', seen, (code) => /^\d{4}$/.test(code));
  }

  /** Adds markup to the document, as a mistake in the server might. */
  async add(markup: string): Promise<void> {
    await this.driver.executeScript('document.body.insertAdjacentHTML("beforeend", arguments[0])', markup);
  }

  /** Leaves a mark that only lives as long as this document. */
  async mark(): Promise<void> {
    await this.driver.executeScript('document.documentElement.setAttribute("data-mark", "here")');
  }

  /** The document is still the one that was marked. */
  async stillMarked(): Promise<void> {
    await this.driver.findElement(By.css('html[data-mark="here"]'));
  }

  /** The one that can be seen and that the browser's accessibility tree calls so. */
  private async named(css: string, name: string | RegExp): Promise<WebElement> {
    const fits = (its: string): boolean => (typeof name === 'string' ? its === name : name.test(its));
    let shown: WebElement[] = [];
    const look = async (): Promise<string[]> => {
      const all = await this.driver.findElements(By.css(css));
      const visible = await Promise.all(all.map(async (element) => element.isDisplayed()));
      shown = all.filter((_, at) => visible[at]);
      return Promise.all(shown.map(async (element) => element.getAccessibleName()));
    };
    const names = await this.until(`${css} named “${String(name)}”`, look, (all) => all.some(fits));
    return shown[names.findIndex(fits)] as WebElement;
  }

  /** Looks until what is seen is right, and returns it. */
  private async until<T>(
    what: string, look: () => Promise<T>, right: (seen: T) => boolean, patience = PATIENCE,
  ): Promise<T> {
    let last: T | undefined;
    const condition = async (): Promise<boolean> => {
      try {
        const seen = await answered(look());
        if (seen === undefined) return false;
        last = seen;
        return right(seen);
      } catch (problem) {
        if (going(problem)) return false;
        throw problem;
      }
    };
    try {
      await this.driver.wait(condition, patience, undefined, OFTEN);
      return last as T;
    } catch (cause) {
      if (!(cause instanceof error.TimeoutError)) throw cause;
      throw new Error(`${what}: not within ${patience} ms; last seen: ${JSON.stringify(last)}`, { cause });
    }
  }
}
