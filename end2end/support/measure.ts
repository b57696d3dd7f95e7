// What can be measured of a page as it is drawn: overflow, targets, colours, borders, motion.

import type { Page } from '@playwright/test';

/** What is wider than its place: the page itself, or a text cut off by its box. */
export async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found: string[] = [];
    if (root.scrollWidth > root.clientWidth) {
      found.push(`the page: ${root.scrollWidth} in ${root.clientWidth}`);
      for (const element of document.body.querySelectorAll('*')) {
        const { right, left } = element.getBoundingClientRect();
        if (right > root.clientWidth + 0.5 || left < -0.5) found.push(`  ${element.outerHTML.slice(0, 100)}`);
      }
    }
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const style = getComputedStyle(element);
      if (!element.checkVisibility() || style.display === 'inline' || element.closest('svg')) continue;
      const unseen = style.clipPath !== 'none' || element.clientWidth <= 1;
      const cuts = [style.overflowX, style.overflowY].some((overflow) => overflow === 'hidden' || overflow === 'clip');
      // A field of one line scrolls, and cannot do otherwise.
      if (!cuts || unseen || element.matches('input')) continue;
      if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
        found.push(`cut: ${element.outerHTML.slice(0, 120)}`);
      }
    }
    return found;
  });
}

/** Targets that are too small: 24 by 24 pixels, unless they stand in a sentence; buttons are 44 high. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type="hidden"]), select, summary')];
    return all.filter((element) => element.checkVisibility() && !element.matches('.skip')).flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const isButton = element.matches('button, select, input[type="text"]');
      const around = [...(element.parentElement?.childNodes ?? [])].filter((node) => node !== element);
      const inSentence = getComputedStyle(element).display === 'inline'
        && around.some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
      const right = isButton ? height >= 44 && width >= 44 : (width >= 24 && height >= 24) || inSentence;
      return right ? [] : [`${Math.round(width)}x${Math.round(height)}: ${element.outerHTML.slice(0, 120)}`];
    });
  });
}

/** Visible texts whose contrast with what is behind them is less than `least`. */
export async function faintTexts(page: Page, least: number): Promise<string[]> {
  return page.evaluate((wanted) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const pixel = (colour: string): [number, number, number, number] => {
      canvas?.clearRect(0, 0, 1, 1);
      if (canvas) canvas.fillStyle = colour;
      canvas?.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas?.getImageData(0, 0, 1, 1).data ?? [];
      return [r, g, b, a / 255];
    };
    const luminance = (rgb: number[]): number => {
      const [r = 0, g = 0, b = 0] = rgb.slice(0, 3).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element | null): number[] => {
      for (let at = element; at; at = at.parentElement) {
        const colour = pixel(getComputedStyle(at).backgroundColor);
        if (colour[3] > 0.99) return colour;
      }
      return pixel('Canvas');
    };
    const found = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      if (!element?.checkVisibility() || (node.textContent ?? '').trim() === '' || element.closest('noscript, script, option, svg')) continue;
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.bottom < 0) continue;
      const [one, other] = [luminance(pixel(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => b - a);
      const ratio = ((one ?? 0) + 0.05) / ((other ?? 0) + 0.05);
      if (ratio < wanted) found.add(`${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 100)}`);
    }
    return [...found];
  }, least);
}

/** What moves, or would. */
export async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = document.getAnimations().map((animation) => `runs: ${animation.constructor.name}`);
    for (const element of document.querySelectorAll('*')) {
      for (const pseudo of [undefined, '::before', '::after', '::marker']) {
        const style = getComputedStyle(element, pseudo);
        const long = style.transitionDuration.split(',').some((span) => Number.parseFloat(span) > 0.01);
        if (long || style.animationName !== 'none' || style.scrollBehavior === 'smooth') {
          found.push(`${pseudo ?? ''}${element.outerHTML.slice(0, 100)}`);
        }
      }
    }
    return found;
  });
}

/** Controls without a border of their own colour, where the system's few colours are all there are. */
export async function borderless(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('button, main a.button, main .actions a, select, input:not([type="hidden"])')];
    return all.filter((element) => element.checkVisibility()).flatMap((element) => {
      const style = getComputedStyle(element);
      const native = style.appearance !== 'none' && element.matches('input, select'); // drawn by the system
      const edge = style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) >= 1;
      const parent = element.parentElement;
      let ground = 'rgba(0, 0, 0, 0)';
      for (let at = parent; at && ground === 'rgba(0, 0, 0, 0)'; at = at.parentElement) ground = getComputedStyle(at).backgroundColor;
      return native || (edge && style.borderTopColor !== ground) ? [] : [element.outerHTML.slice(0, 120)];
    });
  });
}

export interface Code {
  dark: [number, number, number];
  light: [number, number, number];
  /** White modules around the code, at its narrowest. */
  quiet: number;
}

/** The QR code as a camera sees it: the colours that are really drawn, from a picture. */
export async function code(page: Page): Promise<Code | undefined> {
  const svg = page.locator('#qr');
  if ((await svg.count()) === 0) return undefined;
  await svg.scrollIntoViewIfNeeded();
  const layout = await svg.evaluate((element: SVGSVGElement) => {
    const path = element.querySelector('path')?.getAttribute('d') ?? '';
    const dots = [...path.matchAll(/M(\d+),(\d+)h1v1h-1z/g)].map((dot) => [Number(dot[1]), Number(dot[2])] as const);
    const { width } = element.viewBox.baseVal;
    const reach = dots.flat();
    const matrix = element.getScreenCTM();
    const box = element.getBoundingClientRect();
    const at = (x: number, y: number): [number, number] => {
      const point = new DOMPoint(x, y).matrixTransform(matrix ?? undefined);
      return [point.x - box.x, point.y - box.y];
    };
    const [first = [0, 0] as const] = dots;
    return { quiet: Math.min(...reach, width - 1 - Math.max(...reach)), dark: at(first[0] + 0.5, first[1] + 0.5), light: at(2, 2) };
  });
  const picture = (await svg.screenshot({ animations: 'disabled' })).toString('base64');
  const sampler = await page.context().newPage();
  try {
    const [dark, light] = await sampler.evaluate(async ({ data, points }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context?.drawImage(image, 0, 0);
      return points.map(([x, y]) => [...(context?.getImageData(Math.round(x), Math.round(y), 1, 1).data ?? [])].slice(0, 3));
    }, { data: picture, points: [layout.dark, layout.light] });
    return { dark: dark as Code['dark'], light: light as Code['light'], quiet: layout.quiet };
  } finally {
    await sampler.close();
  }
}
