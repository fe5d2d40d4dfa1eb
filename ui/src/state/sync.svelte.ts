// The sync page: a folder of this computer and one of the board, what differs, and what is done about it.
import { Failure, type Backend, type SyncOptions, type SyncPlan } from "../backend/backend";
import { t } from "../messages/index.svelte";
import { join } from "./drive";
import type { Surroundings } from "./files.svelte";

export type Step = SyncPlan["steps"][number];

/** What a person wants of a conflict. */
export type Verdict = "leave" | "computer" | "board";

/** Kept between two starts. */
export type SyncKept = { folder: string; root: string; removal: SyncOptions["removal"]; whole: boolean; following: boolean };

/** After such a failure the same is tried again when the board is ready: it is at work, or gone for the moment. */
const isPassing = (error: unknown): boolean => error instanceof Failure && error.isPassing;

const IGNORE = ".taipanignore";
const FIRST_IGNORE = "# What stays on this computer: one pattern a line, as in .gitignore.\n*.md\ntests/\n";

export class SyncState {
  folder = $state("");
  /** Below which folder of the board; empty is where it starts. */
  root = $state("");
  removal = $state<SyncOptions["removal"]>("ours");
  /** All of it at once, or nothing. */
  whole = $state(false);
  /** Whatever is saved in the folder goes to the board. */
  following = $state(false);
  /** What differs; null until it was looked for. */
  plan = $state.raw<SyncPlan | null>(null);
  looking = $state(false);
  private outdated = false;
  verdicts = $state<Record<string, Verdict>>({});
  /** How far it was when the board went away. */
  interrupted = $state.raw<{ done: number; total: number } | null>(null);
  /** Something was saved that has not been sent. */
  waiting = $state(false);
  private sending = false;
  private unwatch: (() => void) | null = null;

  readonly there = $derived.by(() => this.root || this.desk.board.home);
  readonly conflicts: Step[] = $derived((this.plan?.steps ?? []).filter((step) => step.step === "conflict"));
  /** What would be done now: conflicts that are left alone do not count. */
  readonly todo: number = $derived((this.plan?.steps ?? []).filter((step) => step.step !== "conflict" || this.verdict(step.path) !== "leave").length);

  constructor(private readonly desk: Surroundings) {}

  private get backend(): Backend {
    return this.desk.backend;
  }

  verdict(path: string): Verdict {
    return this.verdicts[path] ?? "leave";
  }

  get kept(): SyncKept {
    const { folder, root, removal, whole, following } = this;
    return { folder, root, removal, whole, following };
  }

  async restore(kept: Partial<SyncKept>): Promise<void> {
    const { following = false, ...rest } = kept;
    Object.assign(this, rest);
    if (following && this.folder) await this.follow(true);
  }

  async choose(): Promise<void> {
    await this.desk.attempt(async () => {
      const folder = await this.backend.askFolder();
      if (folder !== null) await this.begin(folder);
    });
  }

  /** Turns to another folder. */
  async begin(folder: string): Promise<void> {
    const following = this.following;
    await this.follow(false);
    this.folder = folder;
    this.forget();
    if (following) await this.follow(true);
    await this.look();
  }

  /** What was found no longer holds: a folder or a choice has changed. */
  forget(): void {
    this.plan = null;
    this.verdicts = {};
    this.interrupted = null;
  }

  private options(conflicts: SyncOptions["conflicts"] = "tell"): SyncOptions {
    return { removal: this.removal, conflicts };
  }

  /** Looks what differs. What was chosen while it looked counts: then it looks again. */
  async look(): Promise<void> {
    if (!this.folder) return;
    this.outdated = this.looking;
    if (this.looking) return;
    this.looking = true;
    do {
      this.outdated = false;
      await this.desk.attempt(async () => {
        const plan = await this.desk.link.planSync(this.folder, this.there, this.options());
        if (!this.outdated) this.plan = plan;
      });
    } while (this.outdated);
    this.looking = false;
  }

  /** Does what the plan and the verdicts say. */
  async apply(): Promise<void> {
    const plan = await this.judged();
    if (!plan) return;
    const wanted = plan.steps.filter((step) => step.step !== "conflict");
    const left = plan.steps.length - wanted.length - this.fetched.length;
    const count = wanted.length + this.fetched.length;
    const done = left > 0 ? `${t("sync.doneSome", { count })} ${t("sync.left", { count: left })}` : t("sync.done", { count });
    let lost = false;
    const end = await this.desk.work.run(t("sync.updating"), done, async () => {
      try {
        await this.bring({ ...plan, steps: wanted });
      } catch (error) {
        lost = error instanceof Failure && error.kind === "lost";
        const { stage } = this.desk.work;
        this.interrupted = lost && stage ? { done: stage.done, total: stage.total } : null;
        throw error;
      }
    });
    if (lost) return; // what is left is looked for when the board is back
    if (end === "done") this.forget();
    await this.fetch(end === "done");
    await this.desk.attempt(() => this.desk.lookAgain());
    await this.look();
  }

  /** Carries the plan out. Where the old and the new do not both fit, what is old goes first, if the person agrees. */
  private async bring(plan: SyncPlan): Promise<void> {
    const { link, work, asker } = this.desk;
    try {
      await (this.whole ? link.deploy(this.folder, this.there, plan) : link.applySync(this.folder, this.there, plan));
    } catch (error) {
      if (!(error instanceof Failure && (error.fitsInPlace || (this.whole && error.kind === "noSpace")))) throw error;
      const at = this.whole ? 0 : plan.steps.findIndex((step) => step.path === work.stage?.path);
      const steps = plan.steps.slice(Math.max(at, 0));
      const old = steps.filter((step) => step.step === "remove" || (step.step === "upload" && step.replaces)).map((step) => join(this.there, step.path));
      if (!(await asker.confirm(t("save.inPlaceTitle"), t(this.whole ? "sync.inPlaceWhole" : "copy.inPlaceText"), t("save.inPlace"), old))) throw error;
      await link.applySync(this.folder, this.there, { ...plan, steps }, true);
    }
  }

  /** The plan with the steps that verdicts for this computer put in the place of conflicts. */
  private async judged(): Promise<SyncPlan | null> {
    const plan = this.plan;
    if (!plan) return null;
    const mine = new Set(this.conflicts.map((step) => step.path).filter((path) => this.verdict(path) === "computer"));
    this.fetched = this.conflicts.map((step) => step.path).filter((path) => this.verdict(path) === "board");
    if (mine.size === 0) return plan;
    let forced: SyncPlan | null = null;
    await this.desk.attempt(async () => (forced = await this.desk.link.planSync(this.folder, this.there, this.options("overwrite"))));
    if (forced === null) return null;
    const steps = (forced as SyncPlan).steps.filter((step) => mine.has(step.path));
    return { ...plan, steps: [...plan.steps.filter((step) => !mine.has(step.path)), ...steps] };
  }

  private fetched: string[] = [];

  /** Brings files here whose version on the board is the better one. */
  private async fetch(allowed: boolean): Promise<void> {
    const paths = allowed ? this.fetched : [];
    this.fetched = [];
    for (const path of paths) {
      const parts = path.split("/").slice(0, -1);
      await this.desk.attempt(async () => {
        const plan = await this.desk.link.planCopy("toComputer", [join(this.there, path)], parts.reduce(join, this.folder));
        await this.desk.link.copy(plan);
      });
    }
  }

  /** Opens the list of what stays here; the first time it is made. */
  async ignores(open: (path: string) => Promise<unknown>): Promise<void> {
    const path = join(this.folder, IGNORE);
    await this.desk.attempt(async () => {
      const there = (await this.backend.listHere(this.folder)).some((entry) => entry.name === IGNORE);
      if (!there) await this.backend.writeFile(path, FIRST_IGNORE);
      await open(path);
    });
  }

  /** Switches on or off that every change of the folder goes to the board. */
  async follow(on: boolean): Promise<void> {
    this.unwatch?.();
    this.unwatch = null;
    this.following = false;
    if (!on || !this.folder) return;
    await this.desk.attempt(async () => {
      this.unwatch = await this.backend.watchHere(this.folder, true, () => void this.desk.attempt(() => this.changed()));
      this.following = true;
    });
  }

  /** Something in the folder was saved. */
  private async changed(): Promise<void> {
    this.waiting = true;
    await this.goOn();
  }

  /** The board is ready (again): sends what waits, and shows what an unplug left. */
  async ready(): Promise<void> {
    if (this.interrupted) {
      const { interrupted } = this;
      await this.look();
      this.interrupted = this.plan && this.plan.steps.length > 0 ? interrupted : null;
    }
    await this.goOn();
  }

  /** Sends what was saved, as soon as nothing stands in the way; what is saved while it sends, behind that. */
  async goOn(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.waiting && this.following && this.desk.board.online && this.desk.work.title === null) {
        this.waiting = false;
        if (!(await this.send())) {
          this.waiting = true;
          return;
        }
      }
    } finally {
      this.sending = false;
    }
  }

  /** Nothing is removed from the board, and no conflict is decided. False if it was no moment to send. */
  private async send(): Promise<boolean> {
    try {
      const plan = await this.desk.link.planSync(this.folder, this.there, { removal: "never", conflicts: "tell" });
      const steps = plan.steps.filter((step) => step.step !== "conflict");
      const conflict = plan.steps.find((step) => step.step === "conflict");
      if (conflict) this.desk.messages.say("note", t("sync.followConflict", { path: conflict.path }));
      let passing = false;
      if (steps.length > 0) {
        await this.desk.work.run(t("sync.sending", { count: steps.length }), t("sync.sent", { count: steps.length }), async () => {
          try {
            await this.desk.link.applySync(this.folder, this.there, { ...plan, steps });
          } catch (error) {
            passing = isPassing(error);
            throw error;
          }
        });
        if (passing) return false;
        await this.desk.lookAgain();
      }
      if (this.plan) await this.look();
      return true;
    } catch (error) {
      if (!isPassing(error)) throw error;
      return false;
    }
  }
}
