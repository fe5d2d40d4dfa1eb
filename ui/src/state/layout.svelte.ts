// Which parts of the window are shown, and how large. Kept between two starts.
import type { Place } from "../backend/backend";

export type Layout = { side: string | null; page: string | null; boardPanel: boolean; console: boolean; consoleHeight: number; sideWidth: number };

const FIRST: Layout = { side: "explorer", page: null, boardPanel: true, console: true, consoleHeight: 260, sideWidth: 232 };

export class LayoutState {
  /** The pages, by their ids in `pages.ts`: beside the editor, and in its place. */
  side = $state(FIRST.side);
  page = $state(FIRST.page);
  boardPanel = $state(FIRST.boardPanel);
  console = $state(FIRST.console);
  consoleHeight = $state(FIRST.consoleHeight);
  sideWidth = $state(FIRST.sideWidth);
  /** Which of the two terminals is in front. */
  terminal = $state<Place>("board");

  get kept(): Layout {
    const { side, page, boardPanel, console, consoleHeight, sideWidth } = this;
    return { side, page, boardPanel, console, consoleHeight, sideWidth };
  }

  restore(kept: Partial<Layout>): void {
    Object.assign(this, { ...FIRST, ...kept });
  }
}
