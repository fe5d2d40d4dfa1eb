// Files of the system's file manager that are dragged over the window: onto a list of files they are copied, elsewhere they are opened.
import type { Dropping } from "../backend/backend";
import type { Desk } from "./desk.svelte";

/** A folder of a list that files may be dropped onto. */
export type DropTarget = { place: string; folder: string };

export class Drop {
  over = $state.raw<DropTarget | null>(null);

  constructor(private readonly desk: Desk) {}

  take(event: Dropping): void {
    const target = event.kind === "leave" ? null : under(event.x, event.y);
    this.over = event.kind === "over" ? target : null;
    if (event.kind === "drop") void this.dropped(event.paths, target);
  }

  isOver(place: string, folder: string): boolean {
    return this.over?.place === place && this.over.folder === folder;
  }

  private async dropped(paths: string[], target: DropTarget | null): Promise<void> {
    const { files } = this.desk;
    if (target?.place === "board") return files.copyPaths("toBoard", paths, target.folder);
    if (target) return files.copyHere(paths, target.folder);
    for (const path of paths) await this.desk.attempt(() => this.desk.open({ place: "computer", path }));
  }
}

/** The list at a place of the window, and the folder in it. */
function under(x: number, y: number): DropTarget | null {
  const element = document.elementFromPoint(x, y);
  const list = element?.closest<HTMLElement>("[data-place]");
  const folder = element?.closest<HTMLElement>("[data-folder]")?.dataset.folder ?? list?.dataset.shows;
  return list?.dataset.place && folder ? { place: list.dataset.place, folder } : null;
}
