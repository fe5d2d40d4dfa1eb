// What the page asks of the world: `Backend` is this computer, `Link` one board; two implementations of both (`tauri.ts`: the program,
// `fake.ts`: tests and browsers).
//
// Nobody decides anything by the sentence of a failure.
import type { Change as PackageChange, CopyPlan, CopyWay, Entry, Event as BoardEvent, Held, Installed, Manifest, Moved, Node, Offer, Port, Progress, Properties, Renewed, Space, Stage, SyncOptions, SyncPlan, Touch, Variable, Wanted, Wish } from "./generated/board";
import type { Change, Completions, Definition, Diagnostic, Hover, OutlineItem, Renaming, Severity, Signature } from "./generated/code";
import type { Encoding, FirmwareFile, HereEntry, HereEvent, HereProperties, Match as FoundMatch, Query, SearchEvent, TextFile, Waiting } from "./generated/window";

export type { BoardEvent, Held, Change, Completions, CopyPlan, CopyWay, Definition, Diagnostic, Encoding, Entry, HereEntry, HereEvent, HereProperties, Hover, Manifest, Node, OutlineItem, Port, Progress, Properties, Renaming, Severity, Signature, Space, Stage, SyncOptions, SyncPlan, TextFile, Touch };

/** What a dialog of the system offers to choose. */
export type FileKind = "python" | "archive" | "log";
export type { FoundMatch, Query, SearchEvent, Variable };

/** How a text is kept that was never read from anywhere. */
export const NEW_TEXT: Encoding = { name: "UTF-8", declared: null };

export type FoundFile = Extract<SearchEvent, { kind: "file" }>;

/** Which of the two places something runs or lies in. */
export type Place = "board" | "computer";

/** A failure: its sentence is for the person, its kind for decisions. */
export class Failure extends Error {
  constructor(
    readonly kind: string,
    message: string,
    /** Of a file that does not fit: would it, if the old one went first? */
    readonly fitsInPlace = false,
    /** Of a board that another program has: is that one of ours, which can be asked for it? */
    readonly canBeTaken = false,
  ) {
    super(message);
  }

  /** Of what the window asks of a board by itself, this needs no word: the board is at work, or it has been said already that it is gone. */
  get isPassing(): boolean {
    return ["busy", "typing", "lost", "notAttached"].includes(this.kind);
  }
}

/** What a board has to say. */
export interface Ear {
  /** Something happened to it. */
  event(event: BoardEvent): void;
  /** Text for its terminal, as it came; `drawn` is to be called when it is on screen. */
  output(bytes: Uint8Array, drawn: () => void): void;
}

/** Files of the system's file manager, dragged over the window; places are CSS pixels. */
export type Dropping = { kind: "over"; x: number; y: number } | { kind: "drop"; x: number; y: number; paths: string[] } | { kind: "leave" };

export interface Listener {
  /** Serial ports appeared or went away; the whole list as it is now. */
  ports(ports: Port[]): void;
  /** Something happened to the program that runs on this computer. */
  here(event: HereEvent): void;
  /** What that prints; as that of a board. */
  output(bytes: Uint8Array, drawn: () => void): void;
  dropping(event: Dropping): void;
  /** The window is about to close, and waits for this; false keeps it open. */
  closing(): Promise<boolean>;
}

/** The way to one board. Nothing of one link reaches another. */
export interface Link {
  /** Begins to deliver; before anything else. */
  listen(ear: Ear): Promise<void>;
  /** Lets the board go, for good. */
  close(): Promise<void>;
  /** Attaches the board at a serial port, or at an address of the network (`tcp:HOST:PORT`); null and `virtual:2` are virtual boards, which are started for it. `held` says what is done where another program has it. */
  connect(port: string | null, held?: Held): Promise<void>;
  disconnect(): Promise<void>;
  type(bytes: Uint8Array): Promise<void>;
  /** A text that was pasted into the terminal. */
  paste(text: string): Promise<void>;
  /** Starts a program; `name` stands in its tracebacks. */
  run(name: string, source: string): Promise<void>;
  stop(): Promise<void>;
  softReset(): Promise<void>;
  touch(touch: Touch): Promise<void>;
  /** The names of the running session. */
  /** The names of the session; `again`: also what took too long the last time. */
  variables(again?: boolean): Promise<Variable[]>;
  /** The names of all modules that it can import. */
  modules(): Promise<string[]>;

  // Its files
  list(folder: string): Promise<Entry[]>;
  read(path: string): Promise<TextFile>;
  /** Answers how the text is kept from now on. */
  write(path: string, text: string, encoding?: Encoding): Promise<Encoding>;
  /** Removes the old file first: for one that does not fit beside it. A cut cable leaves neither. */
  replace(path: string, text: string, encoding: Encoding): Promise<Encoding>;
  makeFolder(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** With all that is in it. */
  removeAll(path: string): Promise<void>;
  /** The folder where the board starts; its files lie there. */
  home(): Promise<string>;
  tree(path: string, hashed: boolean): Promise<Node[]>;
  properties(path: string): Promise<Properties>;
  hash(path: string): Promise<string>;
  /** Whether exactly this text is in the file. */
  holds(path: string, text: string, encoding: Encoding): Promise<boolean>;
  /** The room of the file system that `path` lies on. */
  space(path: string): Promise<Space>;
  /** Gives up what is being done to its files. */
  cancel(): Promise<void>;

  // Between it and this computer: a plan changes nothing, and is shown before it is carried out
  planCopy(way: CopyWay, from: string[], to: string): Promise<CopyPlan>;
  /** Carries it out; with `replace` the old file of the board goes first where two copies do not fit. */
  copy(plan: CopyPlan, replace?: boolean): Promise<void>;
  planSync(folder: string, root: string, options: SyncOptions): Promise<SyncPlan>;
  /** File by file; with `replace` what is old goes first where two copies do not fit. */
  applySync(folder: string, root: string, plan: SyncPlan, replace?: boolean): Promise<void>;
  /** As a whole: all of it or nothing. */
  deploy(folder: string, root: string, plan: SyncPlan): Promise<void>;
  backup(root: string, archive: string): Promise<Manifest>;
  lookInto(archive: string): Promise<Manifest>;
  readArchived(archive: string, path: string): Promise<TextFile>;
  restore(archive: string, root: string, only: string[]): Promise<void>;
  saveTraffic(path: string): Promise<void>;

  readonly packages: Packages;
  readonly firmware: Firmware;
}

export interface Backend {
  /** Begins to deliver. */
  listen(listener: Listener): Promise<void>;
  ports(): Promise<Port[]>;
  /** A way to one more board; nothing is attached yet. */
  link(): Link;

  // This computer
  askOpen(kind?: FileKind): Promise<string | null>;
  /** Texts to open; none if the person changed their mind. */
  askTexts(): Promise<string[]>;
  askSave(name: string, kind?: FileKind): Promise<string | null>;
  askFolder(): Promise<string | null>;
  readClipboard(): Promise<string>;
  /** The person's own folder. */
  homeHere(): Promise<string>;
  listHere(folder: string): Promise<HereEntry[]>;
  makeFolderHere(path: string): Promise<void>;
  renameHere(from: string, to: string): Promise<void>;
  /** With all that is in it. */
  removeHere(path: string): Promise<void>;
  /** Copies files and folders of this computer into another folder; what is there already is replaced. */
  copyHere(paths: string[], folder: string): Promise<void>;
  propertiesHere(path: string): Promise<HereProperties>;
  /** Tells of every change in a folder, and if `deep` below it, until the answer is called. */
  watchHere(folder: string, deep: boolean, changed: () => void): Promise<() => void>;
  readFile(path: string): Promise<TextFile>;
  /** Answers how the text is kept from now on. */
  writeFile(path: string, text: string, encoding?: Encoding): Promise<Encoding>;
  writeBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** Looks through a folder; ends the search before. Done when it is over or another has begun. */
  search(query: Query, tell: (event: SearchEvent) => void): Promise<void>;
  /** The files in a folder and below, by their paths from there on, without those that a search leaves out. */
  namesBelow(folder: string): Promise<string[]>;
  cancelSearch(): Promise<void>;
  /** Replaces every match, if there are as many as expected; answers whether. */
  replaceInFile(query: Query, path: string, expected: number): Promise<boolean>;
  runHere(name: string, source: string, path: string | null): Promise<void>;
  /** The names of the modules that every program on this computer can import. */
  modulesHere(): Promise<string[]>;
  typeHere(bytes: Uint8Array): Promise<void>;
  /** The program here gets nothing more: it reads the end of its input. */
  endInputHere(): Promise<void>;
  /** Interrupts the program here; if it goes on all the same, ends it. */
  stopHere(): Promise<void>;
  loadDesk(): Promise<string | null>;
  saveDesk(desk: string): Promise<void>;
  /** Moves a desk that makes no sense out of the way; where it is now. */
  setDeskAside(): Promise<string>;
  /** The text of the file of settings; null if there is none yet. */
  loadSettings(): Promise<string | null>;
  saveSettings(settings: string): Promise<void>;
  /** Which version of this program it is. */
  version(): Promise<string>;
  /** What the window is called in the system's list of windows. */
  title(text: string): Promise<void>;
  /** Shows the whole page so many times as large. */
  zoom(factor: number): Promise<void>;

  readonly texts: Texts;
}

/** Firmware files, the devices that wait for one, and the update. */
export interface Firmware {
  waiting(): Promise<Waiting[]>;
  /** Those that came with the program. */
  images(): Promise<FirmwareFile[]>;
  /** `address` is where a bare file's first byte belongs. */
  check(path: string, address: number | null): Promise<FirmwareFile>;
  askFile(): Promise<string | null>;
  /** All of an update. With `save` the board's files are saved first. */
  renew(wish: Wish, save: boolean, moved: (moved: Moved) => void): Promise<Renewed>;
  giveUp(): Promise<void>;
  /** Pulls the virtual board's cable. */
  pull(): Promise<void>;
  /** The archive in which the latest update has saved the files. */
  saved(): Promise<string | null>;
  /** What lets one use boards on Linux, and the path where it belongs. */
  rules(): Promise<[string, string]>;
}

/** Packages of libraries for the board. */
export interface Packages {
  /** All that an index has. */
  offers(index: string): Promise<Offer[]>;
  /** Those on the board. */
  list(): Promise<Installed[]>;
  install(index: string, wanted: Wanted): Promise<PackageChange>;
  remove(name: string): Promise<PackageChange>;
}

/** What is known of the texts that are being edited. A text has the number of its document; places are UTF-16 units. */
export interface Texts {
  /** `path` is where it lies on this computer, if it does. A text of that number that is open already is replaced. */
  open(id: number, path: string | null, source: string): Promise<void>;
  /** Whether the changes fitted; if not, the text is to be opened again. */
  edit(id: number, changes: Change[]): Promise<boolean>;
  close(id: number): Promise<void>;
  outline(id: number): Promise<OutlineItem[]>;
  complete(id: number, at: number): Promise<Completions | null>;
  hover(id: number, at: number): Promise<Hover | null>;
  signature(id: number, at: number): Promise<Signature | null>;
  definition(id: number, at: number): Promise<Definition | null>;
  diagnose(id: number): Promise<Diagnostic[]>;
  /** Where the name stands that is to be renamed: here, and in the files of a folder that mean the same. */
  rename(id: number, at: number, name: string, folder: string | null): Promise<Renaming[]>;
  /** The documentation of a name that was offered at a place; may be empty. */
  document(id: number, at: number, name: string): Promise<string>;
  format(id: number): Promise<Change[]>;
}
