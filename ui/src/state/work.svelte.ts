// Something that takes its time on the board: how far it is, and the way to give it up. One at a time, as on the board.
import type { BoardEvent, Link, Progress, Stage } from "../backend/backend";
import { Failure } from "../backend/backend";
import { t } from "../messages/index.svelte";
import type { Messages } from "./messages.svelte";

/** How it ended: all of it, given up, or stopped by a failure, which has been told. */
export type End = "done" | "cancelled" | "failed";

export class Work {
  /** What is being done: "Copying 3 files to the board". Null when nothing is. */
  title = $state<string | null>(null);
  cancelling = $state(false);
  /** Which of many files it is at. */
  stage = $state.raw<Stage | null>(null);
  /** How far that file is. */
  bytes = $state.raw<Progress | null>(null);
  /** All of it, from 0 to 1; null while that is not known. */
  readonly part: number | null = $derived.by(() => {
    const within = this.bytes && this.bytes.total > 0 ? this.bytes.done / this.bytes.total : 0;
    if (this.stage && this.stage.total > 0) return Math.min(1, (this.stage.done + within) / this.stage.total);
    return this.bytes ? within : null;
  });

  constructor(
    private readonly link: Pick<Link, "cancel">,
    private readonly messages: Pick<Messages, "say">,
    /** The board is free for the next. */
    private readonly ended: () => void = () => {},
  ) {}

  take(event: BoardEvent): void {
    if (this.title === null) return;
    if (event.event === "stage") {
      this.stage = event;
      this.bytes = null;
    } else if (event.event === "progress") this.bytes = event;
  }

  /** Does it, and says how it went. */
  async run(title: string, done: string, action: () => Promise<unknown>): Promise<End> {
    if (this.title !== null) {
      this.messages.say("note", t("work.wait", { title: this.title }));
      return "failed";
    }
    this.title = title;
    try {
      await action();
      this.messages.say("good", done);
      return "done";
    } catch (error) {
      const kind = error instanceof Failure ? error.kind : "";
      const cancelled = kind === "cancelled";
      // That the board is gone is told once, by its event.
      if (kind !== "lost") this.messages.say(cancelled ? "note" : "bad", error instanceof Error ? error.message : String(error));
      return cancelled ? "cancelled" : "failed";
    } finally {
      this.title = null;
      this.stage = null;
      this.bytes = null;
      this.cancelling = false;
      this.ended();
    }
  }

  async cancel(): Promise<void> {
    this.cancelling = true;
    await this.link.cancel();
  }
}
