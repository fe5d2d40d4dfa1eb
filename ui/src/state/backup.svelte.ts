// The backup page: one archive, what is in it, how the board differs from it, and what of it shall be put back.
import { Failure, type Manifest, type Node } from "../backend/backend";
import { t } from "../messages/index.svelte";
import type { Surroundings } from "./files.svelte";

/** A file of the archive against the one on the board. */
export type Comparison = "same" | "differs" | "missing" | "unknown";

export class BackupState {
  path = $state("");
  manifest = $state.raw<Manifest | null>(null);
  /** The files that are chosen to be put back. */
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  /** What lies on the board, by path; null until it was looked at. */
  private there = $state.raw<ReadonlyMap<string, Node> | null>(null);
  readonly files: Node[] = $derived((this.manifest?.files ?? []).filter((node) => node.kind === "file"));
  readonly differing: Node[] = $derived(this.files.filter((node) => ["differs", "missing"].includes(this.comparison(node))));

  /** What differs comes first: that is what one looks for. */
  readonly sorted: Node[] = $derived([...this.differing, ...this.files.filter((node) => !this.differing.includes(node))]);

  constructor(private readonly desk: Surroundings) {}

  comparison(node: Node): Comparison {
    if (!this.there) return "unknown";
    const other = this.there.get(node.path);
    if (!other) return "missing";
    return other.size === node.size && other.sha256 === node.sha256 ? "same" : "differs";
  }

  /** Saves all files of the board in a new archive, and shows it. */
  async save(now = new Date()): Promise<void> {
    const { backend, board, link, work } = this.desk;
    await this.desk.attempt(async () => {
      const path = await backend.askSave(`board-${now.toISOString().slice(0, 10)}.zip`, "archive");
      if (path === null) return;
      let manifest: Manifest | null = null;
      const end = await work.run(t("backup.saving"), t("backup.saved", { path }), async () => (manifest = await link.backup(board.home, path)));
      if (end === "done" && manifest) await this.show(path, manifest);
    });
  }

  /** Looks into an archive. */
  async open(): Promise<void> {
    await this.desk.attempt(async () => {
      const path = await this.desk.backend.askOpen("archive");
      if (path !== null) await this.show(path, await this.desk.link.lookInto(path));
    });
  }

  private async show(path: string, manifest: Manifest): Promise<void> {
    this.path = path;
    this.manifest = manifest;
    this.there = null;
    this.chosen = new Set();
    await this.compare();
  }

  /** Looks how the board differs from the archive, and chooses what does. */
  async compare(): Promise<void> {
    if (await this.look()) this.chosen = new Set(this.differing.map((node) => node.path));
  }

  /** Looks what is on the board; false if it cannot be asked. */
  private async look(): Promise<boolean> {
    const { manifest } = this;
    if (!manifest || !this.desk.board.online) return false;
    return this.desk.attempt(async () => {
      this.there = new Map((await this.nodes(manifest.root)).map((node) => [node.path, node]));
    });
  }

  /** What lies below a folder of the board, which may not be there any more. */
  private async nodes(root: string): Promise<Node[]> {
    try {
      return await this.desk.link.tree(root, true);
    } catch (error) {
      if (error instanceof Failure && error.kind === "notFound") return [];
      throw error;
    }
  }

  choose(path: string, on: boolean): void {
    const chosen = new Set(this.chosen);
    if (on) chosen.add(path);
    else chosen.delete(path);
    this.chosen = chosen;
  }

  chooseAll(on: boolean): void {
    this.chosen = new Set(on ? this.files.map((node) => node.path) : []);
  }

  /** Puts the chosen files back; what is on the board in another form by now is named first. */
  async restore(): Promise<void> {
    const { manifest, path } = this;
    if (!manifest || this.chosen.size === 0 || !(await this.look())) return;
    const only = [...this.chosen];
    const replaced = this.files.filter((node) => this.chosen.has(node.path) && this.comparison(node) !== "missing" && this.comparison(node) !== "same");
    if (replaced.length > 0) {
      const items = replaced.map((node) => node.path);
      if (!(await this.desk.asker.confirm(t("copy.overwriteTitle", { count: items.length }), t("backup.overwriteText"), t("backup.restore"), items))) return;
    }
    const count = only.length;
    await this.desk.work.run(t("backup.restoring", { count }), t("backup.restored", { count }), () => this.desk.link.restore(path, manifest.root, only));
    await this.compare();
    await this.desk.attempt(() => this.desk.lookAgain());
  }

  /** The text of a file of the archive. */
  async read(path: string): Promise<string> {
    return (await this.desk.link.readArchived(this.path, path)).text;
  }

  /** Saves what went over the line to the board. */
  async saveTraffic(): Promise<void> {
    await this.desk.attempt(async () => {
      const path = await this.desk.backend.askSave("board-traffic.txt", "log");
      if (path === null) return;
      await this.desk.link.saveTraffic(path);
      this.desk.messages.say("good", t("backup.trafficSaved", { path }));
    });
  }
}
