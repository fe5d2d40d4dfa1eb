// What the page asks of the world: one interface, two implementations (`tauri.ts`: the program, `fake.ts`: tests and browsers).
//
// Nobody decides anything by the sentence of a failure.
import type { Entry, Event as BoardEvent, Port, Touch } from "./generated/board";
import type { Change, Completions, Definition, Diagnostic, Hover, OutlineItem, Severity, Signature } from "./generated/code";
import type { HereEvent } from "./generated/window";

export type { BoardEvent, Change, Completions, Definition, Diagnostic, Entry, HereEvent, Hover, OutlineItem, Port, Severity, Signature, Touch };

/** Which of the two places something runs or lies in. */
export type Place = "board" | "computer";

/** A failure: its sentence is for the person, its kind for decisions. */
export class Failure extends Error {
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Listener {
  /** Something happened to the board. */
  board(event: BoardEvent): void;
  /** Something happened to the program that runs on this computer. */
  here(event: HereEvent): void;
  /** Text for the terminal of that place, as it came; `drawn` is to be called when it is on screen. */
  output(place: Place, bytes: Uint8Array, drawn: () => void): void;
  /** The window is about to close, and waits for this. */
  closing(): Promise<void>;
}

export interface Backend {
  /** Begins to deliver. */
  listen(listener: Listener): Promise<void>;

  // The board
  ports(): Promise<Port[]>;
  /** Attaches the board at a serial port; null is the virtual board, which is started for it. */
  connect(port: string | null): Promise<void>;
  disconnect(): Promise<void>;
  type(bytes: Uint8Array): Promise<void>;
  /** Starts a program; `name` stands in its tracebacks. */
  run(name: string, source: string): Promise<void>;
  stop(): Promise<void>;
  softReset(): Promise<void>;
  touch(touch: Touch): Promise<void>;

  // Its files
  list(folder: string): Promise<Entry[]>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Bytes free. */
  space(): Promise<number>;

  // This computer
  askOpen(): Promise<string | null>;
  askSave(name: string): Promise<string | null>;
  readFile(path: string): Promise<string>;
  writeFile(path: string, text: string): Promise<void>;
  runHere(name: string, source: string, path: string | null): Promise<void>;
  typeHere(bytes: Uint8Array): Promise<void>;
  stopHere(): Promise<void>;
  loadDesk(): Promise<string | null>;
  saveDesk(desk: string): Promise<void>;
  /** The text of the file of settings; null if there is none yet. */
  loadSettings(): Promise<string | null>;
  saveSettings(settings: string): Promise<void>;
  /** Shows the whole page so many times as large. */
  zoom(factor: number): Promise<void>;

  readonly texts: Texts;
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
  rename(id: number, at: number, name: string): Promise<Change[]>;
}
