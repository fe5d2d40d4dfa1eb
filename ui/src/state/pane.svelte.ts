// One side of the files page: a folder, the names in it, and which of them are chosen.
import { Failure } from "../backend/backend";
import { join, outer, type Drive, type Item } from "./drive";

/** Failures to list a folder that is not there any more, or is none now. */
const GONE = new Set(["notFound", "wrongKind", "file"]);

export class Pane {
  /** The folder that is shown; empty until one was opened. */
  folder = $state("");
  private all = $state.raw<Item[]>([]);
  /** Are names that begin with a dot shown, too? A person's folder is full of them. */
  hidden = $state(false);
  readonly items: Item[] = $derived(this.hidden ? this.all : this.all.filter((item) => !item.name.startsWith(".")));
  /** The names that are chosen. */
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  /** The name that has the keyboard. */
  at = $state("");
  /** Where a row of chosen names began. */
  private from = "";
  readonly picked: Item[] = $derived(this.items.filter((item) => this.chosen.has(item.name)));

  constructor(readonly drive: Drive) {
    this.hidden = drive.place === "board";
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Shows another folder. What was chosen is chosen no more. */
  async open(folder: string): Promise<void> {
    const found = await this.drive.list(folder);
    const left = outer(this.folder) === folder ? this.folder : "";
    this.folder = folder;
    this.all = found;
    const { items } = this;
    // Going up, the folder one came from has the keyboard.
    this.at = items.find((item) => join(folder, item.name) === left)?.name ?? items[0]?.name ?? "";
    this.chosen = new Set(left && this.at ? [this.at] : []);
    this.from = this.at;
  }

  async up(): Promise<void> {
    const above = outer(this.folder);
    if (above !== null) await this.open(above);
  }

  /** Looks again. What is still there stays chosen; if the folder itself has gone, the next one around it that has not is shown. */
  async refresh(): Promise<void> {
    if (!this.folder) return this.open(await this.drive.start());
    try {
      await this.lookAgain();
    } catch (error) {
      const above = outer(this.folder);
      if (above === null || !(error instanceof Failure && GONE.has(error.kind))) throw error;
      this.clear();
      this.folder = above;
      await this.refresh();
    }
  }

  private async lookAgain(): Promise<void> {
    const index = this.items.findIndex((item) => item.name === this.at);
    this.all = await this.drive.list(this.folder);
    const { items } = this;
    this.chosen = new Set(items.filter((item) => this.chosen.has(item.name)).map((item) => item.name));
    if (!items.some((item) => item.name === this.at)) this.at = items[Math.min(Math.max(index, 0), items.length - 1)]?.name ?? "";
  }

  /** Forgets all: its board is gone. */
  clear(): void {
    this.folder = "";
    this.all = [];
    this.chosen = new Set();
    this.at = "";
  }

  /** This one alone. */
  choose(name: string): void {
    this.chosen = new Set([name]);
    this.at = this.from = name;
  }

  /** This one, too; or no longer. */
  toggle(name: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(name)) chosen.add(name);
    this.chosen = chosen;
    this.at = this.from = name;
  }

  /** All from where the choice began up to this one. */
  extend(name: string): void {
    const names = this.items.map((item) => item.name);
    const [a, b] = [names.indexOf(this.from), names.indexOf(name)].sort((a, b) => a - b);
    if (a === undefined || b === undefined || a < 0) return this.choose(name);
    this.chosen = new Set(names.slice(a, b + 1));
    this.at = name;
  }

  /** Shows or hides the names that begin with a dot. */
  toggleHidden(): void {
    this.hidden = !this.hidden;
    this.chosen = new Set(this.picked.map((item) => item.name));
    if (!this.items.some((item) => item.name === this.at)) this.at = this.items[0]?.name ?? "";
  }

  chooseAll(): void {
    this.chosen = new Set(this.items.map((item) => item.name));
  }

  /** The name `by` places further down, as far as there is one. */
  beside(by: number): string {
    const index = this.items.findIndex((item) => item.name === this.at);
    return this.items[Math.min(Math.max(index + by, 0), this.items.length - 1)]?.name ?? "";
  }

  /** The next name that begins so, behind the present one and round the end. */
  starting(letters: string): string | undefined {
    const index = this.items.findIndex((item) => item.name === this.at);
    const round = [...this.items.slice(index + 1), ...this.items.slice(0, index + 1)];
    return round.find((item) => item.name.toLowerCase().startsWith(letters.toLowerCase()))?.name;
  }
}
