import type { Page } from '@playwright/test';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A line of words; lines of one text have the same number. */
interface Words extends Box {
  readonly text: string;
  readonly number: number;
}

/** Words that stand in each other's way: what can be seen of each overlaps by more than 2 px. */
export async function overlaps(page: Page): Promise<string[]> {
  const words = (await wordsOn(page)).filter(isThick);
  return words.flatMap((one, n) =>
    words
      .slice(n + 1)
      .filter((other) => other.number !== one.number && isThick(common(one, other)))
      .map((other) => `“${one.text}” and “${other.text}”`),
  );
}

function common(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

function isThick({ left, top, right, bottom }: Box): boolean {
  return right - left > 2 && bottom - top > 2;
}

/** All lines of words that the page and its header show, as far as they are not scrolled out of sight or cut off. */
function wordsOn(page: Page): Promise<Words[]> {
  return page.evaluate(() => {
    const windows = new Map<Element, Box>();
    /** Through what one sees what is in an element: all around it that scrolls or cuts off. */
    const windowOf = (element: Element): Box => {
      const known = windows.get(element);
      if (known !== undefined) return known;
      const { parentElement } = element;
      let window = parentElement === null ? { left: 0, top: 0, right: 1e6, bottom: 1e6 } : windowOf(parentElement);
      if (getComputedStyle(element).overflow !== 'visible') window = cut(element.getBoundingClientRect(), window);
      windows.set(element, window);
      return window;
    };
    const cut = (a: Box, b: Box): Box => ({
      left: Math.max(a.left, b.left),
      top: Math.max(a.top, b.top),
      right: Math.min(a.right, b.right),
      bottom: Math.min(a.bottom, b.bottom),
    });
    const linesOf = (node: Node, number: number): Words[] => {
      const text = (node.textContent ?? '').trim();
      const around = node.parentElement;
      if (text === '' || around?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) !== true)
        return [];
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].map((line) => ({ text, number, ...cut(line, windowOf(around)) }));
    };
    const nodes: Node[] = [];
    for (const part of document.querySelectorAll('main, header:not(main header)')) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) nodes.push(node);
    }
    return nodes.flatMap(linesOf);
  });
}
