// The search through a folder: what is wanted, what was found so far, and replacing it.
import type { Backend, FoundFile, Query } from "../backend/backend";
import { folderOf } from "./board.svelte";
import type { Documents } from "./documents.svelte";

/** So long a pause in typing begins a search. */
const PAUSE_MS = 250;
/** What is found comes to the page in portions: each would make all of them be counted and drawn anew. */
const PORTION_MS = 60;

export class Search {
  folder = $state<string | null>(null);
  text = $state("");
  regex = $state(false);
  case = $state(false);
  word = $state(false);
  /** Present while replacing is wanted. */
  replacement = $state<string | null>(null);

  files = $state.raw<FoundFile[]>([]);
  /** Files that shall stay as they are. */
  spared = $state.raw<ReadonlySet<string>>(new Set());
  running = $state(false);
  /** How many files were looked at; null before the first search has ended. */
  looked = $state<number | null>(null);
  more = $state(false);
  /** What was typed since is not what was found. */
  stale = $state(false);
  /** What is wrong with the pattern. */
  problem = $state("");
  readonly matches = $derived(this.files.reduce((sum, { count }) => sum + count, 0));
  private timer = 0;
  private found: Query | null = null;
  private number = 0;

  constructor(
    private readonly backend: Backend,
    private readonly documents: Documents,
  ) {}

  /** The folder of the file that is open, until one is chosen. */
  get place(): string | null {
    if (this.folder !== null) return this.folder;
    const home = [this.documents.active, ...this.documents.list].find((document) => document?.home?.place === "computer")?.home;
    return home ? folderOf(home.path) : null;
  }

  private get query(): Query | null {
    const { place: folder, text, regex, word, replacement } = this;
    return folder !== null && text !== "" ? { folder, text, regex, case: this.case, word, replacement } : null;
  }

  /** Something was typed or switched. */
  changed(): void {
    this.stale = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.start(), PAUSE_MS);
  }

  async start(): Promise<void> {
    clearTimeout(this.timer);
    const number = ++this.number;
    const { query } = this;
    this.found = query;
    this.stale = false;
    this.files = [];
    this.spared = new Set();
    this.looked = null;
    this.problem = "";
    this.more = false;
    this.running = query !== null;
    if (!query) return this.backend.cancelSearch();
    const found: FoundFile[] = [];
    let timer = 0;
    const show = (): void => {
      clearTimeout(timer);
      timer = 0;
      if (number === this.number) this.files = [...found];
    };
    try {
      await this.backend.search(query, (event) => {
        if (number !== this.number) return;
        if (event.kind === "file") {
          found.push(event);
          timer ||= window.setTimeout(show, PORTION_MS);
        } else {
          show();
          [this.looked, this.more] = [event.files, event.more];
        }
      });
    } catch (error) {
      if (number === this.number) this.problem = error instanceof Error ? error.message : String(error);
    }
    if (number === this.number) this.running = false;
  }

  async stop(): Promise<void> {
    this.number++;
    this.running = false;
    await this.backend.cancelSearch();
  }

  spare(path: string, spared: boolean): void {
    const paths = new Set(this.spared);
    if (spared) paths.add(path);
    else paths.delete(path);
    this.spared = paths;
  }

  /** Files that would be replaced. */
  get chosen(): FoundFile[] {
    return this.files.filter(({ path }) => !this.spared.has(path));
  }

  /** Replaces in these files what was found in them, as it was shown; answers those that have changed meanwhile and were left as they are. */
  async replace(chosen: FoundFile[]): Promise<{ done: string[]; left: string[] }> {
    const query = this.found;
    const done: string[] = [];
    const left: string[] = [];
    if (query) {
      for (const { path, count } of chosen) ((await this.backend.replaceInFile(query, path, count)) ? done : left).push(path);
    }
    await this.start();
    return { done, left };
  }
}
