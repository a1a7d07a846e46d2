// What the scripts of a page share as `window.kejian`, and what the libraries beside them add to the page.
import type { AxeResults, RunOptions } from "../../node_modules/axe-core/axe.js";
import type { RevealApi } from "../../node_modules/reveal.js/dist/reveal.js";

declare global {
  type Box = { left: number; right: number; top: number; bottom: number };
  type Piece = [text: string, marked: boolean];
  type SearchHit = { path: string; anchor: string; slide: boolean; page: string; own: boolean; title: Piece[]; text: Piece[] };
  type Finder = {
    search(query: string, limit: number): { count: number; found: SearchHit[] };
    /** Indexes the next passages; whether there are more. */
    readOn(): boolean;
  };
  /** What `script` of kejian/render/search_text.py writes. */
  type Passages = {
    pages: [path: string, name: string, slide: boolean][];
    passages: [page: number, anchor: string, title: string, text: string][];
  };
  type Found = [message: string, ...elements: Element[]];
  type BrowserFinding = { code: string; message: string; boxes: number[][] };
  type SlideView = {
    look: {
      scale: number;
      width: number;
      height: number;
      screen: Box;
      /** From pixels of the screen to those of the slide, `trim` less above and below. */
      into(box: Box, trim?: number): Box;
    };
    blocks: { element: HTMLElement; boxes: Box[] }[];
    texts: Text[];
  };

  interface Window {
    kejian: {
      copyButtons(root: ParentNode): void;
      events?: EventSource; // in a preview
      finder(searched: Passages, here: string): Finder;
      fit(slide: HTMLElement): void;
      fitAgain?(): void;
      ink?: { pen(): void; turnBoard(): void; onPaper(): void };
      passages: Passages;
      showGrounds(): void;
      toggleTheme(): void;
      view: { reading: boolean; switchTo(slide: HTMLElement | null): void; read(): HTMLElement };
      // In a browser that checks or prints a course, and in no published page:
      checks: { look(h: number, v: number): Promise<BrowserFinding[]> };
      grounds: { needed(): boolean; hide(): void; show(): void; measure(screenshot: string): Promise<BrowserFinding[]> };
      measure: {
        seen(slide: HTMLElement): SlideView;
        words(element: Element): string;
        visible(element: Element): boolean;
        meet(a: Box, b: Box): Box;
        some(box: Box, least?: number): boolean;
        around(boxes: Box[]): Box;
      };
      page: {
        owner(url: string): [h: number, v: number] | null;
        slides(): [h: number, v: number][];
        mark(boxes: [code: string, box: number[]][]): void;
        unmark(): void;
      };
      links: { on(number: number): { box: number[]; address: string; slide: number[] | null }[]; size(): [width: number, height: number] };
      paper: {
        ready(): Promise<[h: number, v: number][]>;
        handout(rules: string, paper: { name: string; width: number; height: number }, alone: boolean): void;
        apart(): void;
      };
    };
    Reveal?: typeof Reveal;
    RevealNotes?: () => { id: string; open(): void };
    RevealZoom?: unknown;
  }

  // reveal.js has them, and its own declarations do not.
  const Reveal: RevealApi & { isScrollView(): boolean; isOverlayOpen(): boolean };
  const axe: { run(context: { include: Element[] }, options: RunOptions): Promise<AxeResults> };
  class MiniSearch {
    constructor(options: object);
    addAll(documents: object[]): void;
    search(query: string, options: object): { id: number; terms: string[]; queryTerms: string[] }[];
  }

  // A selector that is no name of a tag finds elements of HTML; where it is meant for others, the script says so.
  interface ParentNode {
    querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
    querySelector<K extends keyof SVGElementTagNameMap>(selectors: K): SVGElementTagNameMap[K] | null;
    querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
    querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
    querySelectorAll<K extends keyof SVGElementTagNameMap>(selectors: K): NodeListOf<SVGElementTagNameMap[K]>;
    querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
  }
  interface Element {
    closest<E extends Element = HTMLElement>(selectors: string): E | null;
  }
  // An event's target may be an element; the page itself and a window are none.
  interface EventTarget {
    closest?(selectors: string): HTMLElement | null;
    matches?(selectors: string): boolean;
  }
}
