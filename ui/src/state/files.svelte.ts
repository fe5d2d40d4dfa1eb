// The files page: a folder of this computer, a folder of the board, and what goes between them.
import { Failure, type Backend, type CopyPlan, type Link, type Place } from "../backend/backend";
import { bytes, moment, t } from "../messages/index.svelte";
import type { Asker } from "./ask.svelte";
import type { BoardState } from "./board.svelte";
import type { Documents, Home } from "./documents.svelte";
import { BoardDrive, ComputerDrive, join, type Facts } from "./drive";
import { baseName } from "./documents.svelte";
import type { Messages } from "./messages.svelte";
import { Pane } from "./pane.svelte";
import type { Work } from "./work.svelte";

/** What the files page needs of the station whose board it shows. */
export type Surroundings = {
  readonly backend: Backend;
  readonly link: Link;
  readonly board: BoardState;
  readonly documents: Documents;
  readonly asker: Asker;
  readonly messages: Pick<Messages, "say">;
  readonly work: Work;
  /** Where a path of the board is. */
  home(path: string): Home;
  attempt(action: () => Promise<unknown>): Promise<boolean>;
  /** Looks what is on the board now, after its files were changed. */
  lookAgain(): Promise<void>;
};

export class FilesState {
  readonly computer: Pane;
  readonly board: Pane;
  /** What is known of the chosen file, while its properties are shown. */
  facts = $state.raw<(Facts & { place: Place }) | null>(null);
  /** The folder of this computer that was open last time. */
  first = "";
  private unwatch: (() => void) | null = null;
  private watched = "";

  constructor(private readonly desk: Surroundings) {
    this.computer = new Pane(new ComputerDrive(desk.backend));
    this.board = new Pane(new BoardDrive(desk.link));
  }

  other(pane: Pane): Pane {
    return pane === this.board ? this.computer : this.board;
  }

  home(pane: Pane, path: string): Home {
    return pane === this.board ? this.desk.home(path) : { place: "computer", path };
  }

  usable(pane: Pane): boolean {
    return pane === this.computer || this.desk.board.online;
  }

  async open(pane: Pane, folder: string): Promise<void> {
    await this.desk.attempt(() => pane.open(folder));
    await this.watch();
  }

  async up(pane: Pane): Promise<void> {
    await this.desk.attempt(() => pane.up());
    await this.watch();
  }

  /** Looks at both sides again, and at the room that is left. */
  async refresh(): Promise<void> {
    await this.desk.attempt(() => this.begin());
    await this.watch();
    await this.desk.attempt(() => this.lookThere());
  }

  /** The same where nobody asked for it: a board at work is looked at when it has done. */
  async follow(): Promise<void> {
    await this.desk.attempt(() => this.begin());
    await this.watch();
    await this.desk.attempt(async () => {
      try {
        await this.lookThere();
      } catch (error) {
        if (!(error instanceof Failure && error.isPassing)) throw error;
      }
    });
  }

  private async lookThere(): Promise<void> {
    if (!this.desk.board.online) return this.board.clear();
    await this.board.refresh();
    await this.desk.board.measure();
  }

  /** The first time, the folder of last time is opened; if it is no more, the person's own. */
  private async begin(): Promise<void> {
    const { first } = this;
    this.first = "";
    if (!first || this.computer.folder) return this.computer.refresh();
    try {
      await this.computer.open(first);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await this.computer.refresh();
    }
  }

  /** The folder of this computer is looked at again whenever another program changes it. */
  private async watch(): Promise<void> {
    const folder = this.computer.folder;
    if (folder === this.watched || !folder) return;
    this.unwatch?.();
    this.watched = folder;
    await this.desk.attempt(async () => {
      this.unwatch = await this.desk.backend.watchHere(folder, false, () => void this.changedHere());
    });
  }

  private async changedHere(): Promise<void> {
    await this.desk.attempt(() => this.computer.refresh());
    await this.watch(); // the folder itself may have gone
  }

  /** The page was closed: nobody looks any more. */
  leave(): void {
    this.unwatch?.();
    this.unwatch = null;
    this.watched = "";
  }

  async chooseFolder(): Promise<void> {
    await this.desk.attempt(async () => {
      const folder = await this.desk.backend.askFolder();
      if (folder !== null) await this.open(this.computer, folder);
    });
  }

  // Where something is counts as it was when one asked: while a question stands, the side may come to show another folder.

  async newFolder(pane: Pane): Promise<void> {
    const { folder } = pane;
    const name = await this.desk.asker.text(t(pane === this.board ? "files.newFolderTitle" : "pane.newFolderHere"), t("files.name"), "lib", t("files.create"));
    if (name === null) return;
    await this.desk.attempt(async () => {
      await pane.drive.makeFolder(join(folder, name));
      await this.changed(pane);
      pane.choose(name);
    });
  }

  async rename(pane: Pane, name = pane.at): Promise<void> {
    const { folder } = pane;
    const to = await this.desk.asker.text(t("files.renameTitle", { name }), t("files.newName"), name, t("files.rename"));
    if (to === null || to === name) return;
    await this.desk.attempt(async () => {
      await this.relocate(pane, join(folder, name), join(folder, to));
      await this.changed(pane);
      pane.choose(to);
    });
  }

  private async relocate(pane: Pane, from: string, to: string): Promise<void> {
    await pane.drive.rename(from, to);
    this.desk.documents.moved(this.home(pane, from), to);
  }

  /** Moves names of a side into another folder of the same side. */
  async move(pane: Pane, names: string[], folder: string): Promise<void> {
    await this.desk.attempt(async () => {
      for (const name of names) {
        if (pane.path(name) !== folder) await this.relocate(pane, pane.path(name), join(folder, name));
      }
      this.desk.messages.say("good", t("pane.moved", { count: names.length, folder }));
    });
    await this.desk.attempt(() => this.changed(pane));
  }

  async remove(pane: Pane): Promise<void> {
    const { folder, picked: items } = pane;
    if (items.length === 0) return;
    const onBoard = pane === this.board;
    const count = items.length;
    const shown = items.map(({ name, kind }) => (kind === "folder" ? t("pane.folderWhole", { name }) : name));
    const sure = await this.desk.asker.confirm(t(onBoard ? "pane.deleteBoard" : "pane.deleteHere", { count }), t("files.deleteText"), t("files.delete"), shown);
    if (!sure) return;
    const gone = await this.desk.attempt(async () => {
      for (const item of items) await pane.drive.remove(join(folder, item.name), item.kind);
    });
    if (gone) this.desk.messages.say("good", t(onBoard ? "pane.deletedBoard" : "pane.deletedHere", { count }));
    await this.desk.attempt(() => this.changed(pane));
  }

  async properties(pane: Pane): Promise<void> {
    const name = pane.at;
    if (!name) return;
    await this.desk.attempt(async () => (this.facts = { place: pane.drive.place, ...(await pane.drive.facts(pane.path(name))) }));
  }

  private async changed(pane: Pane): Promise<void> {
    await pane.refresh();
    if (pane !== this.board) return;
    await this.desk.lookAgain();
  }

  /** Copies what is chosen on one side into the folder of the other; what would be overwritten is shown first. */
  async copy(from: Pane, to = this.other(from).folder): Promise<void> {
    const paths = from.picked.map((item) => from.path(item.name));
    if (paths.length > 0) await this.copyPaths(from === this.computer ? "toBoard" : "toComputer", paths, to);
  }

  /** Copies files of this computer into a folder of it; what would be overwritten is shown first. */
  async copyHere(paths: string[], folder: string): Promise<void> {
    const { backend, asker, messages } = this.desk;
    const done = await this.desk.attempt(async () => {
      const there = new Set((await backend.listHere(folder)).map((entry) => entry.name));
      const replaced = paths.map(baseName).filter((name) => there.has(name));
      if (replaced.length > 0 && !(await asker.confirm(t("copy.overwriteTitle", { count: replaced.length }), t("copy.overwriteHere"), t("save.overwrite"), replaced))) return;
      await backend.copyHere(paths, folder);
      messages.say("good", t("copy.copiedToComputer", { count: paths.length }));
    });
    if (done && folder === this.computer.folder) await this.desk.attempt(() => this.computer.refresh());
  }

  async copyPaths(way: CopyPlan["way"], paths: string[], to: string): Promise<void> {
    if (!this.desk.board.online) {
      this.desk.messages.say("bad", t("copy.noBoard"));
      return;
    }
    await this.desk.attempt(async () => {
      const plan = await this.desk.link.planCopy(way, paths, to);
      const agreed = await this.agree(plan);
      if (agreed) await this.carryOut(agreed);
    });
  }

  private async carryOut(plan: CopyPlan): Promise<void> {
    const up = plan.way === "toBoard";
    const count = plan.files.length;
    const [title, done] = [t(up ? "copy.copyingToBoard" : "copy.copyingToComputer", { count }), t(up ? "copy.copiedToBoard" : "copy.copiedToComputer", { count })];
    await this.desk.work.run(title, done, () => this.copyOrReplace(plan));
    await this.refresh();
    if (up) await this.desk.attempt(() => this.desk.lookAgain());
  }

  /** Where an old file and the new one do not both fit, the old one goes first, if the person agrees. */
  private async copyOrReplace(plan: CopyPlan): Promise<void> {
    try {
      await this.desk.link.copy(plan);
    } catch (error) {
      const at = plan.files.findIndex((file) => file.to === this.desk.work.stage?.path);
      if (!(error instanceof Failure && error.fitsInPlace) || at < 0) throw error;
      const files = plan.files.slice(at);
      if (!(await this.desk.asker.confirm(t("save.inPlaceTitle"), t("copy.inPlaceText"), t("save.inPlace"), files.filter(({ old }) => old).map(({ to }) => to)))) throw error;
      await this.desk.link.copy({ ...plan, files }, true);
    }
  }

  /** The plan that the person agreed to; null if there is nothing to do, or they changed their mind. */
  private async agree(plan: CopyPlan): Promise<CopyPlan | null> {
    const { asker, messages } = this.desk;
    const fresh = plan.files.filter((file) => !file.old?.same);
    if (fresh.length === 0 && plan.folders.length === 0) {
      messages.say("note", t("copy.same", { count: plan.files.length }));
      return null;
    }
    if (plan.free !== null && plan.needed > plan.free) {
      messages.say("bad", t("copy.noRoom", { needed: bytes(plan.needed), free: bytes(plan.free) }));
      return null;
    }
    const replaced = fresh.filter((file) => file.old);
    if (replaced.length === 0) return { ...plan, files: fresh };
    const answer = await asker.ask({
      title: t("copy.overwriteTitle", { count: replaced.length }),
      text: t(plan.way === "toBoard" ? "copy.overwriteBoard" : "copy.overwriteHere"),
      items: replaced.map((file) => overwritten(plan.way, file)),
      choices: [
        { id: "all", label: t("save.overwrite"), style: "danger" },
        ...(fresh.length > replaced.length ? [{ id: "new", label: t("copy.onlyNew", { count: fresh.length - replaced.length }) }] : []),
      ],
    });
    if (!answer) return null;
    return { ...plan, files: answer.choice === "all" ? fresh : fresh.filter((file) => !file.old) };
  }
}

/** "/lib/a.py: 1.2 kB of 28 Nov, 10:02 instead of 900 bytes": times are those of this computer, whose clock is right. */
function overwritten(way: CopyPlan["way"], { to, size, old }: CopyPlan["files"][number]): string {
  const timed = (size: string): string => (old?.modified ? t("copy.sizeTime", { size, time: moment(old.modified) }) : size);
  const [mine, theirs] = [bytes(size), bytes(old?.size ?? 0)];
  if (way === "toBoard") return t("copy.instead", { path: to, size: timed(mine), old: theirs });
  return t("copy.instead", { path: baseName(to), size: mine, old: timed(theirs) });
}
