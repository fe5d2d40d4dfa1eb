// The way to a terminal. The console is loaded when it is first seen: what comes before that is kept, and shown first.

/** A terminal as the window's state sees it; `terminal/Console.svelte` provides it. */
export type Screen = {
  write(bytes: Uint8Array, drawn?: () => void): void;
  clear(): void;
  focus(): void;
  lines(): string[];
};

export class Way {
  private terminal: Screen | null = null;
  private backlog: Parameters<Screen["write"]>[] = [];
  private wanted = false;

  get screen(): Screen | null {
    return this.terminal;
  }

  set screen(screen: Screen | null) {
    this.terminal = screen;
    if (!screen) return;
    for (const [bytes, drawn] of this.backlog.splice(0)) screen.write(bytes, drawn);
    if (this.wanted) screen.focus();
    this.wanted = false;
  }

  write(bytes: Uint8Array, drawn?: () => void): void {
    if (this.terminal) this.terminal.write(bytes, drawn);
    else this.backlog.push([bytes, drawn]);
  }

  /** Gives it the keyboard, if need be as soon as it is there. */
  focus(): void {
    if (this.terminal) this.terminal.focus();
    else this.wanted = true;
  }
}
