// What the window knows of an update: what waits, what could be written, and where the update is. Doing it again goes on where it ended.
import { Failure } from "../backend/backend";
import type { Moved, Renewed, UpdateStage as Stage } from "../backend/generated/board";
import type { FirmwareFile, Waiting } from "../backend/generated/window";
import { t } from "../messages/index.svelte";
import type { Station } from "../state/station.svelte";
import { updates } from "./watch";

/** All steps, in order. */
export const STAGES = ["check", "backup", "enter", "compare", "erase", "write", "verify", "start", "return", "restore"] as const satisfies readonly Stage[];

export type StepState = "waiting" | "now" | "done" | "skipped" | "failed";

/** Where the flash of every STM32 begins: who writes there replaces what starts. */
const FLASH = 0x0800_0000;

export class FirmwareUpdate {
  waiting = $state.raw<Waiting[]>([]);
  images = $state.raw<FirmwareFile[]>([]);
  /** The images that came with the program are being looked into. */
  loading = $state(true);
  chosen = $state.raw<FirmwareFile | null>(null);
  /** Where a bare file's first byte belongs, as it was typed. */
  address = $state("0x08000000");
  serial = $state<string | null>(null);
  save = $state(true);
  restore = $state(true);
  running = $state(false);
  failure = $state.raw<{ kind: string; message: string } | null>(null);
  result = $state.raw<Renewed | null>(null);
  /** Where the files are of an update that failed. */
  saved = $state.raw<string | null>(null);
  /** Its page is in front. */
  shown = false;
  /** A bare file that wants an address before it can be looked into. */
  bare = $state<string | null>(null);
  rules = $state.raw<[string, string] | null>(null);
  /** What the board ran before the update, which one that goes on cannot ask any more. */
  private before = $state("");
  private moved = $state.raw<Partial<Record<Stage, Moved>>>({});
  private now = $state<Stage | null>(null);

  constructor(private readonly station: Station) {}

  readonly several = $derived(this.waiting.length > 1);
  /** The account may not open one of them. */
  readonly locked = $derived(this.waiting.some((loader) => loader.layout === null));
  readonly resumes = $derived(this.failure !== null && this.waiting.length > 0);
  /** A file at an address of one's own replaces something else than the whole firmware. */
  readonly own = $derived(this.chosen !== null && !this.images.some((image) => image.path === this.chosen?.path));
  readonly replacesStart = $derived(this.chosen?.parts.some((part) => part.address === FLASH) ?? false);

  /** What the board runs, or ran before the update that is under way or done; empty where nobody knows. */
  get onBoard(): string {
    if (this.result || this.running || this.resumes) return this.result?.before || this.before;
    return this.waiting.length > 0 ? "" : (this.station.board.identity?.firmware ?? "");
  }

  get ready(): boolean {
    return this.waiting.length > 0 || this.station.board.state === "ready";
  }

  async refresh(): Promise<void> {
    await this.look();
    await this.quietly(async () => {
      this.images = await this.station.link.firmware.images();
      this.chosen ??= this.images.find((image) => image.unfit === null) ?? null;
    });
    this.loading = false;
  }

  /** What waits now; a failure to look is told only where one asked for it. */
  async look(): Promise<void> {
    if (this.running) return;
    try {
      const waiting = await this.station.link.firmware.waiting();
      if (JSON.stringify(waiting) === JSON.stringify(this.waiting)) return;
      this.waiting = waiting;
      // What did not fit one device may fit another.
      const { chosen } = this;
      const inspected = chosen && (await this.inspect(chosen.path));
      // The person may have chosen another file meanwhile.
      if (chosen === this.chosen) this.chosen = inspected;
    } catch {
      this.waiting = [];
    }
  }

  async chooseOther(): Promise<void> {
    const path = await this.station.link.firmware.askFile();
    if (path !== null) await this.choose(path);
  }

  private inspect(path: string): Promise<FirmwareFile> {
    const known = this.images.some((image) => image.path === path);
    return this.station.link.firmware.check(path, known ? null : Number(this.address));
  }

  async choose(path: string): Promise<void> {
    this.bare = null;
    this.forget();
    try {
      this.chosen = await this.inspect(path);
      if (/\.bin$/i.test(path)) this.bare = path;
      this.failure = null;
    } catch (error) {
      this.chosen = null;
      this.fail(error);
    }
  }

  async start(): Promise<void> {
    if (!this.chosen) return;
    if (!this.resumes) this.before = this.waiting.length === 0 ? (this.station.board.identity?.firmware ?? "") : "";
    this.running = true;
    updates.running += 1;
    this.failure = null;
    this.forget();
    const address = this.bare === null ? null : Number(this.address);
    const wish = { file: this.chosen.path, address, archive: null, saved: null, restore: this.save && this.restore, serial: this.serial };
    try {
      this.result = await this.station.link.firmware.renew(wish, this.save, (moved) => this.take(moved));
      this.now = null;
    } catch (error) {
      this.fail(error);
      await this.quietly(async () => (this.saved = await this.station.link.firmware.saved()));
    }
    this.running = false;
    updates.running -= 1;
    if (!this.shown) this.tell();
    await this.look();
  }

  /** How it ended, to a person who looks at another page by now. */
  private tell(): void {
    if (this.failure) this.station.say("bad", this.failure.message);
    else this.station.say("good", this.result?.after ? t("firmware.done", { version: this.result.after }) : t("firmware.doneQuiet"));
  }

  /** What came of an update is no news of the next one. */
  private forget(): void {
    this.result = null;
    this.saved = null;
    this.moved = {};
    this.now = null;
  }

  async giveUp(): Promise<void> {
    await this.station.attempt(() => this.station.link.firmware.giveUp());
  }

  async pull(): Promise<void> {
    await this.station.attempt(() => this.station.link.firmware.pull());
  }

  async showRules(): Promise<void> {
    await this.station.attempt(async () => (this.rules = await this.station.link.firmware.rules()));
  }

  take(moved: Moved): void {
    this.now = moved.stage;
    this.moved = { ...this.moved, [moved.stage]: moved };
  }

  stateOf(stage: Stage): StepState {
    const at = this.now === null ? -1 : STAGES.indexOf(this.now);
    if (this.now === stage) return this.failure ? "failed" : this.running ? "now" : "done";
    if (this.moved[stage]) return "done";
    return STAGES.indexOf(stage) < at || this.result ? "skipped" : "waiting";
  }

  /** From 0 to 1; null where nobody knows how much there is. */
  partOf(stage: Stage): number | null {
    const moved = this.moved[stage];
    return moved && moved.total > 0 ? moved.done / moved.total : null;
  }

  aboutOf(stage: Stage): string {
    return this.moved[stage]?.about ?? "";
  }

  private fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.failure = { kind: error instanceof Failure ? error.kind : "internal", message };
  }

  private async quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }
}
