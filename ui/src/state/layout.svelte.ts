// Which parts of the window are shown, how large, in which light. Kept between two starts.
import type { Place } from "../backend/backend";

export type Theme = "system" | "light" | "dark";
export type Layout = { theme: Theme; side: string | null; page: string | null; boardPanel: boolean; console: boolean; consoleHeight: number };

const FIRST: Layout = { theme: "system", side: "explorer", page: null, boardPanel: true, console: true, consoleHeight: 260 };

export class LayoutState {
  theme = $state<Theme>(FIRST.theme);
  /** The pages, by their ids in `pages.ts`: beside the editor, and in its place. */
  side = $state(FIRST.side);
  page = $state(FIRST.page);
  boardPanel = $state(FIRST.boardPanel);
  console = $state(FIRST.console);
  consoleHeight = $state(FIRST.consoleHeight);
  /** Which of the two terminals is in front. */
  terminal = $state<Place>("board");
  /** Follows the system's preference; set by the page. */
  systemDark = $state(false);
  readonly dark = $derived(this.theme === "system" ? this.systemDark : this.theme === "dark");

  get kept(): Layout {
    const { theme, side, page, boardPanel, console, consoleHeight } = this;
    return { theme, side, page, boardPanel, console, consoleHeight };
  }

  restore(kept: Partial<Layout>): void {
    Object.assign(this, { ...FIRST, ...kept });
  }
}
