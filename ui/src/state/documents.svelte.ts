// The open documents. A document's text is CodeMirror's immutable `Text`, so comparing with what was saved is cheap and
// undoing back to it takes the unsaved marker away.
import { Text } from "@codemirror/state";
import { NEW_TEXT, type Encoding, type TextFile } from "../backend/backend";
import { LineEnds } from "./ends";

/** Where a document was opened from and is saved to; `board` is the key of its station. */
export type Home = { place: "computer"; path: string } | { place: "board"; path: string; board: string };

/** Whether both are in the same place: on this computer, or on the same board. */
const together = (a: Home | null, b: Home): boolean => a?.place === b.place && (a.place === "computer" || (b.place === "board" && a.board === b.board));

/** A document as it is kept between two starts; `saved` is absent when there is nothing unsaved, and the text when it is in a file here. */
export type Draft = { name: string; home: Home | null; text?: string; saved?: string; encoding?: Encoding; gone?: boolean; line?: number };

export const toText = (text: string): Text => Text.of(text.split(/\r\n?|\n/));

/** Nothing is to be said of it. */
export const isPlain = ({ name }: Encoding): boolean => name === NEW_TEXT.name;

/** Nothing in the text says that it is something else. */
export const canBeUtf8 = ({ declared }: Encoding): boolean => declared === null || /^utf[-_]?8/i.test(declared);

/** Python does not read it, whatever is said in it. */
export const isWide = ({ name }: Encoding): boolean => name.startsWith("UTF-16");

export const baseName = (path: string): string => path.split(/[/\\]/).pop() || path;

/** Letters: some 50,000 lines. */
export const UNDERSTOOD = 2_000_000;

/** So many closed tabs can be opened again. */
const CLOSED = 20;

let lastId = 0;

export class Document {
  readonly id = ++lastId;
  /** How the lines of what is saved end on disk; here all end alike. */
  ends = $state.raw(new LineEnds(""));
  /** It is being written: what is on disk may be neither text yet. */
  saving = false;
  /** What another program wrote over a draft, once the person was told. */
  toldOf: string | null = null;
  name = $state("");
  home = $state.raw<Home | null>(null);
  content = $state.raw<Text>(Text.empty);
  saved = $state.raw<Text>(Text.empty);
  /** How it is kept in its file. */
  encoding = $state.raw<Encoding>(NEW_TEXT);
  /** Line of the caret, from 1. */
  line = $state(1);
  column = $state(1);
  /** Its file has gone, or cannot be read any more: this is the only text there is. */
  gone = $state(false);
  readonly unsaved = $derived(this.gone || !this.content.eq(this.saved));

  constructor(name: string, home: Home | null, text: string, saved = text, encoding = NEW_TEXT) {
    this.name = name;
    this.encoding = encoding;
    this.home = home;
    this.content = toText(text);
    this.saved = saved === text ? this.content : toText(saved);
    this.ends = new LineEnds(saved);
  }

  /** A state of the text as it stands in a file. */
  asFile(content: Text): string {
    return this.ends.put(this.saved, content);
  }

  /** Only such a text has names, mistakes and an order of its own; lists of data and read-me files are left alone. */
  get isPython(): boolean {
    return /\.py[iw]?$/i.test(this.name);
  }

  /** What understands a text keeps twenty times as much as is in it: one that no person wrote is shown, and that is all. */
  get isUnderstood(): boolean {
    return this.isPython && this.content.length <= UNDERSTOOD;
  }

  get text(): string {
    return this.content.toString();
  }

  /** `content` is on disk now, under `home`, kept so. What was typed meanwhile stays unsaved. */
  wasSaved(home: Home, content: Text, encoding: Encoding): void {
    this.encoding = encoding;
    this.home = home;
    this.name = baseName(home.path);
    this.ends = new LineEnds(this.asFile(content));
    this.saved = content;
    this.gone = false;
  }

  /** Another program has written the file, and this is in it now. */
  wasRewritten({ text, encoding }: TextFile): void {
    this.encoding = encoding;
    const written = toText(text);
    this.ends = new LineEnds(text);
    if (!written.eq(this.content)) this.content = written;
    this.saved = this.content;
    this.gone = false;
  }

  /** The file may have been written behind the window's back, and this is in it now: that is shown. True if the person must be told, once, since the tab has unsaved text, which stays. */
  meet(file: TextFile): boolean {
    const { text } = file;
    const found = toText(text);
    if (found.eq(this.saved)) {
      this.gone = false;
      this.ends = new LineEnds(text); // that may be all that another program has changed
    } else if (!this.unsaved || found.eq(this.content)) this.wasRewritten(file);
    else if (this.toldOf !== text) {
      this.toldOf = text;
      return true;
    }
    return false;
  }

  get draft(): Draft {
    const { home } = this;
    const { encoding } = this;
    const place = { name: this.name, home, line: this.line, ...(isPlain(encoding) ? {} : { encoding }) };
    if (this.unsaved) return { ...place, text: this.asFile(this.content), saved: this.asFile(this.saved), ...(this.gone ? { gone: true } : {}) };
    return home?.place === "computer" ? place : { ...place, text: this.asFile(this.content) };
  }
}

export class Documents {
  list = $state.raw<Document[]>([]);
  active = $state.raw<Document | null>(null);
  /** Those that were closed, the last one last; each with its text, saved or not. */
  private closed: Document[] = [];

  add(document: Document): Document {
    return (this.active = this.addBehind(document));
  }

  addBehind(document: Document): Document {
    this.list = [...this.list, document];
    return document;
  }

  /** An empty document with a name that no other tab has. */
  addNew(): Document {
    const taken = new Set(this.list.map((document) => document.name));
    let number = 1;
    while (taken.has(`untitled${number}.py`)) number++;
    return this.add(new Document(`untitled${number}.py`, null, ""));
  }

  at(home: Home): Document | undefined {
    return this.list.find((document) => together(document.home, home) && document.home?.path === home.path);
  }

  close(document: Document): void {
    const index = this.list.indexOf(document);
    this.list = this.list.filter((other) => other !== document);
    if (document.home || document.text.trim()) this.closed = [...this.closed, document].slice(-CLOSED);
    if (this.active === document) this.active = this.list[Math.min(index, this.list.length - 1)] ?? null;
  }

  /** Opens again what was closed last and is not open; undefined if there is none. */
  reopen(): Document | undefined {
    for (let last = this.closed.pop(); last; last = this.closed.pop()) if (!last.home || !this.at(last.home)) return this.add(last);
    return undefined;
  }

  /** Shows the tab `by` places to the right, round the end. */
  step(by: number): void {
    if (!this.active) return;
    const count = this.list.length;
    this.active = this.list[(this.list.indexOf(this.active) + by + count) % count] ?? null;
  }

  /** The file at `from` (or a folder above it) has moved to `to`. */
  moved(from: Home, to: string): void {
    for (const document of this.list) {
      const { home } = document;
      if (!home || !together(home, from) || (home.path !== from.path && !home.path.startsWith(`${from.path}/`))) continue;
      document.home = { ...home, path: to + home.path.slice(from.path.length) };
      document.name = baseName(document.home.path);
    }
  }
}
