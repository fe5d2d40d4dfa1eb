// The menu of what can be done with the thing under the pointer, or with the one that has the keyboard: one at a time.
export type MenuItem = { label: string; key?: string; disabled?: boolean; run: () => unknown };

/** Items that belong together; a line stands between two groups. */
export type MenuGroups = MenuItem[][];

export class ContextMenu {
  shown = $state.raw<{ groups: MenuGroups; x: number; y: number } | null>(null);
  /** What had the keyboard, and gets it back. */
  private before: HTMLElement | null = null;

  open(groups: MenuGroups, x: number, y: number): void {
    if (!this.shown) this.before = document.activeElement as HTMLElement | null;
    this.shown = { groups, x, y };
  }

  close(): void {
    if (!this.shown) return;
    this.shown = null;
    this.before?.focus();
  }
}
