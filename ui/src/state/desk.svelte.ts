// Everything the window can do, without a pixel: documents, board, run, save. Commands call it, tests drive it.
import { Failure, type Backend, type BoardEvent, type HereEvent, type OutlineItem, type Place, type Port } from "../backend/backend";
import { keyOf } from "../commands";
import { t } from "../messages/index.svelte";
import { lastSpot } from "../terminal/tracebacks";
import type { Page } from "../pages";
import { Asker } from "./ask.svelte";
import { BackupState } from "./backup.svelte";
import { BoardState, folderOf, joinPath } from "./board.svelte";
import { baseName, Document, Documents, toText, type Draft, type Home } from "./documents.svelte";
import { FilesState } from "./files.svelte";
import { LayoutState, type Layout } from "./layout.svelte";
import { Look } from "./look.svelte";
import { Messages } from "./messages.svelte";
import { Plot } from "./plot.svelte";
import { Search } from "./search.svelte";
import { Settings } from "./settings.svelte";
import { SyncState, type SyncKept } from "./sync.svelte";
import { WELCOME } from "./welcome";
import { Work } from "./work.svelte";

/** A place in a document that the editor is asked to show. */
export type Reveal = { document: Document; line: number };

/** A terminal as the desk sees it; `terminal/Console.svelte` provides one for each place. */
export type Screen = { write(bytes: Uint8Array, drawn?: () => void): void; clear(): void; focus(): void; lines(): string[] };

/** The editor as the desk sees it; `editor/Editor.svelte` provides it. */
export type TextEditor = {
  focus(): void;
  undo(): void;
  redo(): void;
  find(): void;
  goToDefinition(): Promise<void>;
  rename(): Promise<void>;
  /** Puts the text in order; what cannot be done safely is left. */
  format(): Promise<void>;
};

type Kept = { drafts: Draft[]; active: number; layout: Layout; sync?: Partial<SyncKept>; folder?: string };

/** Failures of a look at the files that need no word: the board is at work, or the window has said already that it is gone. */
const PASSING = new Set(["busy", "typing", "lost", "notAttached"]);

export class Desk {
  readonly documents = new Documents();
  readonly board: BoardState;
  readonly layout = new LayoutState();
  readonly settings: Settings;
  readonly look: Look;
  readonly plot = new Plot();
  readonly search: Search;
  readonly messages = new Messages();
  readonly asker = new Asker();
  readonly work: Work;
  readonly files: FilesState;
  readonly sync: SyncState;
  readonly backup: BackupState;
  readonly screens: Partial<Record<Place, Screen>> = {};
  /** The tabs of last time are there: from now on changes are kept. */
  ready = $state(false);
  editor: TextEditor | null = null;
  reveal = $state.raw<Reveal | null>(null);
  outline = $state.raw<OutlineItem[]>([]);
  runningHere = $state(false);
  paletteOpen = $state(false);
  messagesOpen = $state(false);
  /** The message that tells of a lost board; it leaves when a board is there again. */
  private goneMessage = 0;
  /** Counts the occasions at which names of the board's session may have changed. */
  sessionChanges = $state(0);
  /** What each place ran last: its name, and `<stdin>`, in a traceback mean this document. */
  private readonly ran: Partial<Record<Place, Document>> = {};

  constructor(readonly backend: Backend) {
    this.board = new BoardState(backend);
    this.settings = new Settings((text) => this.attempt(() => backend.saveSettings(text)));
    this.look = new Look(this.settings);
    this.work = new Work(backend, this.messages);
    this.files = new FilesState(this);
    this.sync = new SyncState(this);
    this.backup = new BackupState(this);
    this.search = new Search(backend, this.documents);
  }

  async start(): Promise<void> {
    await this.restoreSettings();
    await this.attempt(() => this.restore());
    if (this.documents.list.length === 0) this.documents.add(new Document("welcome.py", null, WELCOME));
    this.ready = true;
    // Before events come, so that what is plugged in already is no news.
    await this.attempt(() => this.board.refreshPorts());
    await this.backend.listen({
      board: (event) => this.takeBoard(event),
      here: (event) => this.takeHere(event),
      output: (place, bytes, drawn) => {
        this.plot.take(place, bytes);
        this.screens[place]?.write(bytes, drawn);
      },
      closing: () => this.keep(),
    });
    const plugged = this.board.ports.find((port) => port.guess === "board");
    if (plugged || this.settings.get("virtualAtStart")) await this.connect(plugged?.name ?? null);
  }

  /** Runs `action`; a failure becomes a message. True if all went well. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      // That the board is gone is told once, by its event.
      const told = error instanceof Failure && error.kind === "lost";
      if (!told) this.messages.say("bad", error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  private takeBoard(event: BoardEvent): void {
    const before = this.board.state;
    if (event.event === "ports") this.takePorts(event.ports);
    this.board.take(event);
    this.work.take(event);
    if (event.event === "connection") {
      if (event.state === "connecting") this.note("board", `\r\x1b[K— ${this.board.name} —\r\n`);
      const arrived = event.state === "ready" && before !== "busy" && before !== "ready";
      if (arrived) void this.settled(before !== "running");
      if (event.state === "lost" && before !== "lost") {
        this.goneMessage = this.messages.say("bad", t(this.board.isVirtual ? "board.goneVirtual" : "board.goneCable", { reason: event.reason }));
      } else if (arrived) this.messages.dismiss(this.goneMessage);
    } else if (event.event === "runStarted") {
      this.plot.clear();
      this.note("board", `▶ ${event.name}`);
    }
    else if (event.event === "runEnded" && event.outcome.how === "raised") {
      const { exception, frames } = event.outcome.traceback;
      const line = frames.at(-1)?.line;
      const end = { name: event.name, exception, key: keyOf("run.error") };
      this.messages.say("note", line ? t("board.stoppedAt", { ...end, line }) : t("board.stoppedWith", end));
    }
  }

  /** A board that was lost comes back by itself when it is plugged in again; a new one is offered. */
  private takePorts(ports: Port[]): void {
    const fresh = ports.filter((port) => !this.board.ports.some((known) => known.name === port.name));
    const back = this.board.state === "lost" && fresh.find((port) => port.name === this.board.port);
    const offered = fresh.find((port) => port.guess === "board" && port.name !== this.board.port);
    if (back) void this.connect(back.name);
    else if (offered && this.ready) this.messages.say("note", t("board.plugged", { name: offered.label || offered.name }));
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
        await this.board.refreshFiles();
      } catch (error) {
        if (!(error instanceof Failure && PASSING.has(error.kind))) throw error;
      }
    });
  }

  private takeHere(event: HereEvent): void {
    this.runningHere = event.kind === "started";
    if (event.kind === "started") return this.plot.clear();
    const end = event.code === 0 ? t("console.finished") : event.code === null ? t("console.stopped") : t("console.ended", { code: event.code });
    this.note("computer", `\r\n— ${end} —\r\n`);
  }

  /** A word of the window's own among a program's output. */
  private note(place: Place, text: string): void {
    this.screens[place]?.write(new TextEncoder().encode(`\x1b[2m${text}\x1b[0m`));
  }

  // Running

  async runOnBoard(): Promise<void> {
    const document = this.documents.active;
    if (!document) return;
    if (!this.board.online) {
      this.messages.say("bad", t("board.none", { key: keyOf("run.here") }));
      return;
    }
    this.showTerminal("board");
    this.ran.board = document;
    await this.attempt(() => this.backend.run(document.name, document.text));
  }

  async runHere(): Promise<void> {
    const document = this.documents.active;
    if (!document) return;
    const path = document.home?.place === "computer" ? document.home.path : null;
    if (path && document.unsaved && !(await this.saveTo(document, { place: "computer", path }))) return;
    this.showTerminal("computer");
    this.screens.computer?.clear();
    this.ran.computer = document;
    await this.attempt(() => this.backend.runHere(document.name, document.text, path));
  }

  /** Stops what runs; if both places run something, the one whose terminal is in front. */
  async stop(): Promise<void> {
    const here = this.runningHere && (this.layout.terminal === "computer" || this.board.state !== "running");
    await this.attempt(() => (here ? this.backend.stopHere() : this.backend.stop()));
  }

  get canStop(): boolean {
    return this.runningHere || this.board.online;
  }

  // Pages

  /** Opens a page; one at the side is closed by the same command. */
  showPage(page: Pick<Page, "id" | "where">): void {
    if (page.where === "work") this.layout.page = page.id;
    else {
      this.layout.side = this.layout.side === page.id && this.layout.page === null ? null : page.id;
      this.layout.page = null;
    }
  }

  showEditor(): void {
    this.layout.page = null;
    requestAnimationFrame(() => this.editor?.focus());
  }

  newFile(): void {
    this.documents.addNew();
    this.showEditor();
  }

  showTerminal(place: Place): void {
    this.layout.console = true;
    this.layout.terminal = place;
  }

  focusConsole(): void {
    this.showTerminal(this.layout.terminal);
    requestAnimationFrame(() => this.screens[this.layout.terminal]?.focus());
  }

  /** Attaches the board at a serial port, or the virtual one. */
  async connect(port: string | null): Promise<void> {
    this.board.port = port;
    await this.attempt(() => this.backend.connect(port));
  }

  // Opening and saving

  /** Shows a text that has no place of its own, in a tab. */
  showText(name: string, text: string): void {
    this.documents.add(new Document(name, null, text));
    this.showEditor();
  }

  async openFromComputer(): Promise<void> {
    await this.attempt(async () => {
      const path = await this.backend.askOpen();
      if (path !== null) await this.open({ place: "computer", path });
    });
  }

  async open(home: Home): Promise<Document> {
    this.layout.page = null;
    const known = this.documents.at(home);
    if (known) return (this.documents.active = known);
    const text = await (home.place === "computer" ? this.backend.readFile(home.path) : this.backend.read(home.path));
    const untouched = this.documents.list.find((document) => !document.home && !document.unsaved && !document.text.trim());
    const document = this.documents.add(new Document(baseName(home.path), home, text));
    if (untouched) this.documents.close(untouched);
    return document;
  }

  /** Saves to where the document came from; the first time it asks for the place. True if it is saved. */
  async save(document = this.documents.active): Promise<boolean> {
    if (!document) return false;
    return document.home ? this.saveTo(document, document.home) : this.saveAs(document);
  }

  async saveAs(document = this.documents.active): Promise<boolean> {
    if (!document) return false;
    const answer = await this.asker.ask({
      title: t("save.where", { name: document.name }),
      choices: [
        { id: "computer", label: t("save.computer"), hint: t("save.computerHint"), style: "main" },
        { id: "board", label: t("save.board"), hint: this.board.online ? this.board.name : t("save.noBoard") },
      ],
    });
    if (answer?.choice === "computer") {
      const path = await this.backend.askSave(document.name);
      return path !== null && this.saveTo(document, { place: "computer", path });
    }
    return answer?.choice === "board" && this.saveToBoardAs(document);
  }

  private async saveToBoardAs(document: Document): Promise<boolean> {
    const name = await this.asker.text(t("save.toBoard"), t("save.boardName"), document.name, t("save.save"));
    if (name === null) return false;
    const path = name.startsWith("/") ? name : joinPath(this.board.home, name);
    const taken = this.board.exists(path) && document.home?.path !== path;
    if (taken && !(await this.asker.confirm(t("save.overwriteTitle"), t("save.overwriteFile"), t("save.overwrite"), [path]))) {
      return false;
    }
    return this.saveTo(document, { place: "board", path });
  }

  private async saveTo(document: Document, home: Home): Promise<boolean> {
    if (this.settings.get("formatOnSave") && document === this.documents.active) await this.editor?.format();
    const content = document.content;
    if (home.place === "computer" && !(await this.mayReplace(document, home.path))) return false;
    return this.attempt(async () => {
      const text = content.toString();
      await (home.place === "computer" ? this.backend.writeFile(home.path, text) : this.writeToBoard(home.path, text));
      document.wasSaved(home, content);
      this.messages.say("good", t(home.place === "board" ? "save.savedBoard" : "save.savedComputer", { name: document.name }));
      if (home.place === "board") await this.board.openFolder(folderOf(home.path));
      await this.keep();
    });
  }

  /** If the old file and the new one do not both fit, the unsafe way is offered, and what it may cost is said. */
  private async writeToBoard(path: string, text: string): Promise<void> {
    try {
      await this.backend.write(path, text);
    } catch (error) {
      if (!(error instanceof Failure && error.fitsInPlace)) throw error;
      if (!(await this.asker.confirm(t("save.inPlaceTitle"), t("save.inPlaceText"), t("save.inPlace"), [path]))) throw error;
      await this.backend.replace(path, text);
    }
  }

  async close(document = this.documents.active): Promise<void> {
    if (!document) return;
    if (document.unsaved && document.text.trim()) {
      const answer = await this.asker.ask({
        title: t("save.beforeClosing", { name: document.name }),
        text: t("save.wouldBeLost"),
        choices: [
          { id: "save", label: t("save.save"), style: "main" },
          { id: "drop", label: t("save.drop"), style: "danger" },
        ],
      });
      if (answer === null || (answer.choice === "save" && !(await this.save(document)))) return;
    }
    this.documents.close(document);
    if (!this.documents.active) this.outline = [];
  }

  // Files on the board

  async newFolder(inside: string): Promise<void> {
    const name = await this.asker.text(t("files.newFolderTitle"), t("files.name"), "lib", t("files.create"));
    if (name === null) return;
    await this.attempt(async () => {
      await this.backend.makeFolder(joinPath(inside, name));
      await this.board.openFolder(inside);
    });
  }

  async remove(path: string): Promise<void> {
    const folder = this.board.rows.some((row) => row.path === path && row.entry.kind === "folder");
    const shown = folder ? t("pane.folderWhole", { name: path }) : path;
    const sure = await this.asker.confirm(t("files.deleteTitle"), t("files.deleteText"), t("files.delete"), [shown]);
    if (!sure) return;
    await this.attempt(async () => {
      await (folder ? this.backend.removeAll(path) : this.backend.remove(path));
      this.board.closeFolder(path);
      await this.board.openFolder(folderOf(path));
      this.messages.say("good", t("files.deleted", { path }));
    });
  }

  async rename(path: string): Promise<void> {
    const name = await this.asker.text(t("files.renameTitle", { name: baseName(path) }), t("files.newName"), baseName(path), t("files.rename"));
    if (name === null || name === baseName(path)) return;
    const to = joinPath(folderOf(path), name);
    const taken = this.board.exists(to);
    if (taken && !(await this.asker.confirm(t("save.overwriteTitle"), t("save.overwriteThis"), t("save.overwrite"), [to]))) return;
    await this.attempt(async () => {
      if (taken) await this.backend.remove(to); // a board never renames onto another file
      await this.backend.rename(path, to);
      this.documents.moved("board", path, to);
      await this.board.openFolder(folderOf(path));
    });
  }

  /** Replaces what the search has found, and shows files anew that are open. One with unsaved text is not touched. */
  async replaceFound(): Promise<void> {
    const { chosen } = this.search;
    const unsaved = chosen.find(({ path }) => this.documents.at({ place: "computer", path })?.unsaved);
    if (unsaved) return void this.messages.say("bad", t("search.unsaved", { name: unsaved.name }));
    const sure = await this.asker.confirm(t("search.sureTitle"), t("search.sure"), t("search.replace"), chosen.map(({ name, matches }) => `${name}: ${matches.length}`));
    if (!sure) return;
    await this.attempt(async () => {
      const { done, left } = await this.search.replace();
      for (const path of done) await this.reload(path);
      this.messages.say(left.length ? "note" : "good", t("search.replaced", { count: done.length }) + (left.length ? ` ${t("search.left", { names: left.map(baseName).join(", ") })}` : ""));
    });
  }

  /** Another hand has written the file: its tab shows what is there now. */
  private async reload(path: string): Promise<void> {
    const document = this.documents.at({ place: "computer", path });
    if (!document) return;
    const text = await this.backend.readFile(path);
    const active = this.documents.active;
    const fresh = new Document(document.name, document.home, text);
    this.documents.list = this.documents.list.map((other) => (other === document ? fresh : other));
    if (active === document) this.documents.active = fresh;
  }

  // Tracebacks

  /** Shows `line` of the file that a traceback of `place` names. */
  async jump(place: Place, file: string, line: number): Promise<void> {
    await this.attempt(async () => {
      const document = this.named(place, file) ?? (await this.open({ place, path: file }));
      this.documents.active = document;
      this.layout.page = null;
      this.reveal = { document, line };
    });
  }

  private named(place: Place, file: string): Document | undefined {
    if (/^<.*>$/.test(file)) return this.ran[place] ?? this.documents.active ?? undefined;
    const path = place === "board" && !file.startsWith("/") ? joinPath(this.board.home, file) : file;
    const ran = this.ran[place];
    return this.documents.at({ place, path }) ?? (ran && baseName(file) === ran.name ? ran : undefined);
  }

  async jumpToLastError(): Promise<void> {
    const place = this.layout.terminal;
    const spot = lastSpot(this.screens[place]?.lines() ?? []);
    if (spot) await this.jump(place, spot.file, spot.line);
    else this.messages.say("note", t("console.noTraceback"));
  }

  // Kept between two starts

  /** Writes tabs, unsaved text and layout to the disk, so that a crash loses at most the last second. */
  async keep(): Promise<void> {
    const { list, active } = this.documents;
    const kept: Kept = {
      drafts: list.map((document) => document.draft),
      active: active ? list.indexOf(active) : 0,
      layout: this.layout.kept,
      sync: this.sync.kept,
      folder: this.files.computer.folder,
    };
    await this.attempt(() => this.backend.saveDesk(JSON.stringify(kept)));
  }

  private async restoreSettings(): Promise<void> {
    try {
      const text = await this.backend.loadSettings();
      if (text !== null) this.settings.restore(text);
    } catch (error) {
      this.messages.say("bad", t("settings.broken", { reason: error instanceof Error ? error.message : String(error) }));
    }
  }

  private async restore(): Promise<void> {
    const text = await this.backend.loadDesk();
    const kept = text === null ? null : await this.understood(text);
    if (text === null) this.layout.page = "start";
    if (kept) this.layout.restore(kept.layout);
    this.files.first = kept?.folder ?? "";
    if (kept?.sync) await this.sync.restore(kept.sync);
    for (const draft of kept?.drafts ?? []) {
      this.documents.add(new Document(draft.name, draft.home, await this.latest(draft), draft.saved));
    }
    if (kept) this.documents.active = this.documents.list[kept.active] ?? null;
  }

  /** What was kept; if that makes no sense it is put aside, since the drafts in it may still be of use to somebody. */
  private async understood(text: string): Promise<Kept | null> {
    try {
      return JSON.parse(text) as Kept;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.messages.say("bad", t("save.deskBroken", { path: await this.backend.setDeskAside() }));
      return null;
    }
  }

  /**
   * The text of a tab with nothing unsaved is read again: another program may have written the file. If it wrote one whose
   * draft was not saved, both texts count, and the person is told.
   */
  private async latest(draft: Draft): Promise<string> {
    if (draft.home?.place !== "computer") return draft.text;
    const onDisk = await this.onDisk(draft.home.path);
    if (draft.saved === undefined) return onDisk ?? draft.text;
    const other = onDisk !== null && onDisk !== draft.saved && onDisk !== draft.text;
    if (other) this.messages.say("note", t("save.changedMeanwhile", { name: draft.name }));
    return draft.text;
  }

  /** A text of this computer, or null if it cannot be read. */
  private async onDisk(path: string): Promise<string | null> {
    try {
      return await this.backend.readFile(path);
    } catch (error) {
      if (error instanceof Failure) return null;
      throw error;
    }
  }

  /** May the file be written? Not unasked if another program wrote it since it was read. */
  private async mayReplace(document: Document, path: string): Promise<boolean> {
    if (document.home?.place !== "computer" || document.home.path !== path) return true;
    const onDisk = await this.onDisk(path);
    if (onDisk === null || toText(onDisk).eq(document.saved) || toText(onDisk).eq(document.content)) return true;
    return this.asker.confirm(t("save.changedTitle", { name: document.name }), t("save.changedText"), t("save.overwrite"), [path]);
  }
}
