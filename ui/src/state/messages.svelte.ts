// What the window tells the person: shown for a while, spoken by screen readers, kept in a list.
import { Failure } from "../backend/backend";

export type Kind = "good" | "note" | "bad";

/** The shape that goes with the colour. */
export const MARKS: Record<Kind, string> = { good: "✓", note: "ℹ", bad: "⚠" };

export type Message = { id: number; kind: Kind; text: string; at: Date };

/** A good or neutral message leaves by itself; a bad one stays until it is dismissed. */
const SHOWN_MS = 5000;
/** More at once would hide what one works with; the list has all. */
const SHOWN = 2;
const KEPT = 200;

export class Messages {
  /** All of this session, newest first. */
  list = $state.raw<Message[]>([]);
  /** Those on screen now. */
  shown = $state.raw<Message[]>([]);
  private lastId = 0;

  /** Shows `text`; returns its number, for `dismiss`. */
  say(kind: Kind, text: string): number {
    const message = { id: ++this.lastId, kind, text, at: new Date() };
    this.list = [message, ...this.list].slice(0, KEPT);
    this.shown = [...this.shown.filter((other) => other.text !== text), message].slice(-SHOWN);
    if (kind !== "bad") setTimeout(() => this.dismiss(message.id), SHOWN_MS);
    return message.id;
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((message) => message.id !== id);
  }
}

/** Runs `action`; what it fails of is said. True if all went well. */
export async function attempt(action: () => Promise<unknown>, say: (text: string) => void): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    // That the board is gone is told once, by its event.
    const told = error instanceof Failure && error.kind === "lost";
    if (!told) say(error instanceof Error ? error.message : String(error));
    return false;
  }
}
