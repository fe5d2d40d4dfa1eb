// One document's text as the program behind the page knows it: every change is told before anything is asked, so that places mean
// the same on both sides.
import type { ChangeSet } from "@codemirror/state";
import type { Change, Texts } from "../backend/backend";
import type { Document } from "../state/documents.svelte";

export class Mirror {
  /** What was told is done in order, and an answer waits for all of it. */
  private told: Promise<void> = Promise.resolve();
  private path: string | null = null;
  private open = false;

  constructor(
    private readonly texts: Texts,
    private readonly document: Document,
  ) {}

  /** The text has changed. */
  changed(made: ChangeSet): void {
    if (!this.open) return;
    const changes: Change[] = [];
    made.iterChanges((from, to, _fromNow, _toNow, insert) => changes.push({ from, to, insert: insert.toString() }));
    this.tell(async () => {
      if (!(await this.texts.edit(this.document.id, changes))) this.open = false;
    });
  }

  /** Asks about the text as it is now. */
  async ask<Answer>(question: (texts: Texts, id: number) => Promise<Answer>): Promise<Answer> {
    const { home, id } = this.document;
    const path = home?.place === "computer" ? home.path : null;
    if (!this.open || path !== this.path) {
      this.open = true;
      this.path = path;
      const source = this.document.text;
      this.tell(() => this.texts.open(id, path, source));
    }
    await this.told;
    return question(this.texts, id);
  }

  close(): void {
    this.tell(() => this.texts.close(this.document.id));
    this.open = false;
  }

  /** A call that failed leaves the two sides apart: the next question opens the text anew. */
  private tell(action: () => Promise<void>): void {
    this.told = this.told.then(action).catch(() => {
      this.open = false;
    });
  }
}
