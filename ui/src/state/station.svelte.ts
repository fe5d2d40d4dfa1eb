// A station: one board in the window, with all that is known of it and done with it. The window has one or several, each with a link, a
// console, files, work and numbers of its own, so nothing of one board can reach another; one of them is in front.
import { Failure, type Backend, type BoardEvent, type Encoding, type Held, type Link, type TextFile } from "../backend/backend";
import type { Port, Reason, Usb } from "../backend/generated/board";
import { keyOf } from "../commands";
import { phrase, t } from "../messages/index.svelte";
import { AskerOf, type Asker } from "./ask.svelte";
import { BackupState } from "./backup.svelte";
import { BoardState, folderOf, joinPath, portName } from "./board.svelte";
import { baseName, toText, type Document, type Documents, type Home } from "./documents.svelte";
import { FilesState } from "./files.svelte";
import { attempt, type Kind, type Messages } from "./messages.svelte";
import { Plot } from "./plot.svelte";
import { Way, type Screen } from "./screen";
import { SyncState, type SyncKept } from "./sync.svelte";
import { Work } from "./work.svelte";

/** Kept of a board between two starts. */
export type StationKept = { sync?: Partial<SyncKept>; folder?: string };

/** What a station needs of the desk that it stands at. */
export type Around = {
  readonly backend: Backend;
  readonly documents: Documents;
  readonly asker: Asker;
  readonly messages: Messages;
  /** Whether a word must say which board it is about. */
  readonly several: boolean;
};

/** Failures to read a file that is not there any more, or is no text now. */
const GONE = new Set(["notFound", "notText", "wrongKind"]);

const VIRTUAL = "virtual";

/** A board with a serial number is the same at any port. */
const keyOfBoard = (port: string | null, usb: Usb | null): string => (usb?.serial ? `usb:${usb.vendor.toString(16)}:${usb.serial}` : (port ?? VIRTUAL));

/** The name of a board by the key of its station, whether it is here or not. */
export const boardName = (key: string): string => portName(key === VIRTUAL ? null : key.replace(/^usb:[^:]*:/, ""));

export class Station {
  readonly backend: Backend;
  /** Tells boards apart, in the window and between two starts. */
  readonly key: string;
  readonly documents: Documents;
  readonly link: Link;
  readonly asker: Asker;
  readonly messages: Pick<Messages, "say">;
  readonly board: BoardState;
  readonly work: Work;
  readonly files: FilesState;
  readonly sync: SyncState;
  readonly backup: BackupState;
  readonly plot = new Plot();
  /** What it ran last: its name, and `<stdin>`, in a traceback mean this document. */
  ran: Document | null = null;
  /** What the page of packages is to look for; null once it does. */
  wantedPackage = $state<string | null>(null);
  /** Counts the occasions at which names of the board's session may have changed. */
  sessionChanges = $state(0);
  private readonly way = new Way();
  /** A run was asked for, and has not begun. */
  private starting = false;
  /** The message that tells of a lost board; it leaves when the board is there again. */
  private goneMessage = 0;
  private listening: Promise<void> | null = null;
  private readonly held = new Map<string, unknown>();

  constructor(
    private readonly around: Around,
    port: string | null,
    /** What USB tells of it: by that it is known again at another port. */
    readonly usb: Usb | null = null,
  ) {
    this.backend = around.backend;
    this.documents = around.documents;
    this.link = around.backend.link();
    this.asker = new AskerOf(around.asker, () => (around.several ? this.board.name : null));
    this.messages = { say: (kind, text) => this.say(kind, text) };
    this.board = new BoardState(this.link, port);
    this.key = keyOfBoard(port, usb);
    this.work = new Work(this.link, this.messages, () => void this.attempt(() => this.sync.goOn()));
    this.files = new FilesState(this);
    this.sync = new SyncState(this);
    this.backup = new BackupState(this);
  }

  /** Where the board is now; null is the virtual one. */
  get port(): string | null {
    return this.board.port;
  }

  /** It was plugged in anew, and the system calls it so. */
  moved(port: string): void {
    this.board.port = port;
  }

  /** Whether this is its port. One without a number is known by where it is plugged in. */
  isAt(port: Port): boolean {
    if (!this.usb || !port.usb) return this.port === port.name;
    const { vendor, serial, location } = port.usb;
    if (vendor !== this.usb.vendor || serial !== this.usb.serial) return false;
    if (serial !== null) return true;
    return location === null ? this.port === port.name : location === this.usb.location;
  }

  get kept(): StationKept {
    return { sync: this.sync.kept, folder: this.files.computer.folder };
  }

  async restore(kept: StationKept | undefined): Promise<void> {
    this.files.first = kept?.folder ?? "";
    if (kept?.sync) await this.sync.restore(kept.sync);
  }

  /** Says something about this board, by its name if there are several. */
  say(kind: Kind, text: string): number {
    return this.around.messages.say(kind, this.around.several ? t("board.about", { name: this.board.name, text }) : text);
  }

  /** Runs `action`; a failure becomes a message. True if all went well. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    return attempt(action, (text) => this.say("bad", text));
  }

  async connect(): Promise<void> {
    await this.attempt(async () => {
      this.listening ??= this.link.listen({ event: (event) => this.take(event), output: (bytes, drawn) => this.output(bytes, drawn) });
      await this.listening;
      await this.attach();
    });
  }

  /** Where another program has the board, the person chooses what is done. */
  private async attach(): Promise<void> {
    try {
      await this.link.connect(this.port);
    } catch (error) {
      if (!(error instanceof Failure && error.kind === "held")) throw error;
      const wait = { id: "wait", label: t("board.heldWait"), style: "main" } as const;
      const take = { id: "take", label: t("board.heldTake"), style: "danger" } as const;
      const answer = await this.asker.ask({ title: t("board.heldTitle"), text: error.message, choices: error.canBeTaken ? [wait, take] : [wait] });
      if (answer) await this.link.connect(this.port, answer.choice as Held);
    }
  }

  /** Runs a document. What the window has started before makes room for it; for another program's end the person is asked. */
  async run(document: Document): Promise<void> {
    if (this.starting) return; // pressed twice
    this.starting = true;
    try {
      const { connection } = this.board;
      if (connection.state === "running") {
        if (connection.program === null && !(await this.asker.confirm(t("board.stopTitle"), t("board.stopText"), t("board.stopAndRun")))) return;
        if (!(await this.attempt(() => this.link.stop()))) return;
      }
      this.ran = document;
      await this.attempt(() => this.link.run(document.name, document.text));
    } finally {
      this.starting = false;
    }
  }

  async disconnect(): Promise<void> {
    // The event comes a frame later; who connects again at once must not find the board still there.
    if (await this.attempt(() => this.link.disconnect())) this.board.take({ event: "connection", state: "disconnected" });
  }

  /** Lets the board go, for good. */
  async close(): Promise<void> {
    await this.sync.follow(false);
    this.files.leave();
    if (this.listening) await this.attempt(() => this.link.close());
  }

  /** What a page keeps for this board while others are in front; made when it is first asked for. It outlives that page. */
  hold<Kept>(name: string, make: () => Kept): Kept {
    if (!this.held.has(name)) $effect.root(() => void this.held.set(name, make()));
    return this.held.get(name) as Kept;
  }

  // The terminal

  get screen(): Screen | null {
    return this.way.screen;
  }

  set screen(screen: Screen | null) {
    this.way.screen = screen;
  }

  focusScreen(): void {
    this.way.focus();
  }

  private output(bytes: Uint8Array, drawn: () => void): void {
    this.plot.take(bytes);
    this.way.write(bytes, drawn);
  }

  /** A word of the window's own among a program's output. */
  private note(text: string): void {
    this.way.write(new TextEncoder().encode(`\x1b[2m${text}\x1b[0m`));
  }

  // What happens

  take(event: BoardEvent): void {
    const before = this.board.state;
    this.board.take(event);
    this.work.take(event);
    if (event.event === "connection") {
      if (event.state === "connecting") this.note(`\r\x1b[K— ${this.board.name} —\r\n`);
      const arrived = event.state === "ready" && before !== "busy" && before !== "ready";
      if (arrived) void this.settled(before !== "running");
      if (event.state === "lost" && before !== "lost") {
        this.goneMessage = this.gone(event.reason);
      } else if (arrived) this.around.messages.dismiss(this.goneMessage);
    } else if (event.event === "runStarted") {
      this.plot.clear();
      this.note(`▶ ${event.name}`);
    } else if (event.event === "runEnded" && event.outcome.how === "raised") {
      const { exception, frames } = event.outcome.traceback;
      const line = frames.at(-1)?.line;
      const end = { name: event.name, exception, key: keyOf("run.error") };
      this.say("note", line ? t("board.stoppedAt", { ...end, line }) : t("board.stoppedWith", end));
    }
  }

  /** Says why the board is gone; the number of that message. */
  private gone(reason: Reason): number {
    if (reason.phrase === "takenBy") return this.say("note", t("board.takenBy", { program: reason.program }));
    if (reason.phrase === "waiting") return this.say("note", t("board.waiting", { program: reason.program }));
    return this.say("bad", t(this.board.isVirtual ? "board.goneVirtual" : "board.goneCable", { reason: phrase(reason) }));
  }

  /** The board is at its prompt, after a program or for the first time. */
  private async settled(fresh: boolean): Promise<void> {
    await this.lookAtFiles(fresh);
    await this.attempt(() => this.sync.ready());
    this.sessionChanges++;
  }

  /** Looks what a program left on the board. If another runs already, its end is the next occasion. */
  private async lookAtFiles(fresh: boolean): Promise<void> {
    await this.attempt(async () => {
      try {
        if (fresh || !this.board.known) await this.board.findHome();
        await this.lookAgain();
      } catch (error) {
        if (!(error instanceof Failure && error.isPassing)) throw error;
      }
    });
  }

  // Its files

  /** Lists its files again, and looks whether those that are open in tabs are as they were. */
  async lookAgain(): Promise<void> {
    await this.board.refreshFiles();
    for (const document of this.documents.list) if (this.has(document)) await this.lookAtFile(document);
  }

  private has({ home }: Document): boolean {
    return home?.place === "board" && home.board === this.key;
  }

  /** A tab shows what is in its file; unsaved text stays, and it is said once. */
  private async lookAtFile(document: Document): Promise<void> {
    if (document.saving || document.gone) return;
    try {
      const file = await this.rewritten(document);
      if (file === null || document.saving || !document.meet(file)) return;
      this.say("note", t("save.changedMeanwhile", { name: document.name }));
    } catch (error) {
      if (!(error instanceof Failure && GONE.has(error.kind))) throw error;
      document.gone = true;
      this.say("note", t("save.gone", { name: document.name }));
    }
  }

  /** What is in the file of a tab, if that is not what the tab has read or written last. */
  private async rewritten(document: Document): Promise<TextFile | null> {
    const { home, saved, encoding } = document;
    if (!home || (await this.link.holds(home.path, document.asFile(saved), encoding))) return null;
    const file = await this.link.read(home.path);
    return toText(file.text).eq(saved) ? null : file; // its lines may end in several ways
  }

  /** Whether something has that name, in a folder that may never have been looked at. */
  async isTaken(path: string): Promise<boolean> {
    try {
      return (await this.link.list(folderOf(path))).some(({ name }) => joinPath(folderOf(path), name) === path);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return false; // no such folder, or the board cannot be asked: writing says so
    }
  }

  /** May the file of a tab be written? Not unasked if it was written since it was read. */
  async mayReplace(document: Document, path: string): Promise<boolean> {
    if (!this.has(document) || document.home?.path !== path || document.gone) return true;
    try {
      const file = await this.rewritten(document);
      if (file === null || toText(file.text).eq(document.content)) return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.kind !== "notText") return true; // it has gone, or the board cannot be asked: writing it says so
    }
    return this.asker.confirm(t("save.changedTitle", { name: document.name }), t("save.changedText"), t("save.overwrite"), [path]);
  }

  home(path: string): Home {
    return { place: "board", path, board: this.key };
  }

  async newFolder(inside: string): Promise<void> {
    const name = await this.asker.text(t("files.newFolderTitle"), t("files.name"), "lib", t("files.create"));
    if (name === null) return;
    await this.attempt(async () => {
      await this.link.makeFolder(joinPath(inside, name));
      await this.board.openFolder(inside);
    });
  }

  async remove(path: string): Promise<void> {
    const folder = this.board.rows.some((row) => row.path === path && row.entry.kind === "folder");
    const shown = folder ? t("pane.folderWhole", { name: path }) : path;
    const sure = await this.asker.confirm(t("files.deleteTitle"), t("files.deleteText"), t("files.delete"), [shown]);
    if (!sure) return;
    await this.attempt(async () => {
      await (folder ? this.link.removeAll(path) : this.link.remove(path));
      this.board.closeFolder(path);
      await this.board.openFolder(folderOf(path));
      this.say("good", t("files.deleted", { path }));
    });
  }

  async rename(path: string): Promise<void> {
    const name = await this.asker.text(t("files.renameTitle", { name: baseName(path) }), t("files.newName"), baseName(path), t("files.rename"));
    if (name === null || name === baseName(path)) return;
    const to = joinPath(folderOf(path), name);
    const taken = await this.isTaken(to);
    if (taken && !(await this.asker.confirm(t("save.overwriteTitle"), t("save.overwriteThis"), t("save.overwrite"), [to]))) return;
    await this.attempt(async () => {
      if (taken) await this.link.remove(to); // a board never renames onto another file
      await this.link.rename(path, to);
      this.documents.moved(this.home(path), to);
      await this.board.openFolder(folderOf(path));
    });
  }

  /** If the old file and the new one do not both fit, the unsafe way is offered, and what it may cost is said. */
  async writeFile(path: string, text: string, encoding: Encoding): Promise<Encoding> {
    try {
      return await this.link.write(path, text, encoding);
    } catch (error) {
      if (!(error instanceof Failure && error.fitsInPlace)) throw error;
      if (!(await this.asker.confirm(t("save.inPlaceTitle"), t("save.inPlaceText"), t("save.inPlace"), [path]))) throw error;
      return await this.link.replace(path, text, encoding);
    }
  }
}
