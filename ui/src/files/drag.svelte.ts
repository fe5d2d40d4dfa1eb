// Names that are being dragged. By pointer events: they work the same with a mouse, a pen and a finger, and the window's
// system sees nothing of it.
import type { Pane } from "../state/pane.svelte";

/** So far a pointer may wander before a click becomes a drag. */
const SLACK = 5;

/** Where names may be dropped: a side's folder, or a folder in it. */
export type Target = { pane: Pane; folder: string };

export class Drag {
  /** The side that names come from, once they move. */
  from = $state.raw<Pane | null>(null);
  over = $state.raw<Target | null>(null);
  x = $state(0);
  y = $state(0);
  private start: { pane: Pane; x: number; y: number } | null = null;

  constructor(private readonly dropped: (from: Pane, to: Target) => void) {}

  press(pane: Pane, event: PointerEvent): void {
    if (event.button === 0) this.start = { pane, x: event.clientX, y: event.clientY };
  }

  /** `target` is what lies under the pointer. */
  move(event: PointerEvent, target: Target | null): void {
    if (!this.start) return;
    const far = Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > SLACK;
    if (far && this.start.pane.picked.length > 0) this.from = this.start.pane;
    if (!this.from) return;
    this.x = event.clientX;
    this.y = event.clientY;
    const here = target?.pane === this.from && (target.folder === this.from.folder || this.from.picked.some((item) => this.from?.path(item.name) === target.folder));
    this.over = here ? null : target;
  }

  release(): void {
    const { from, over } = this;
    this.stop();
    if (from && over) this.dropped(from, over);
  }

  /** Nothing is dropped: Escape, or the pointer is gone. */
  stop(): void {
    this.start = null;
    this.from = null;
    this.over = null;
  }
}
