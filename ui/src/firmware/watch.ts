// A board that comes into its loader is told of wherever the person is; on the page for firmware, the page itself shows it.
import { t } from "../messages/index.svelte";
import type { Desk } from "../state/desk.svelte";

/** How often: loaders appear and vanish within a second. */
export const LOOK_MS = 700;

/** How many updates are under way: a loader that is written to is left in peace. */
export const updates = { running: 0 };

/** Looks for loaders until the function that it answers is called. */
export function watchLoaders(desk: Desk): () => void {
  let known = new Set<string>();
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy || updates.running > 0) return;
    busy = true;
    try {
      const waiting = await desk.station.link.firmware.waiting();
      const isShown = desk.layout.page === "firmware";
      for (const { name } of waiting) {
        if (!known.has(name) && !isShown) desk.messages.say("note", t("firmware.appeared", { name }));
      }
      known = new Set(waiting.map((loader) => loader.name));
    } catch {
      // Where USB cannot be looked at, there is nothing to tell; the page for firmware says why.
      known = new Set();
    }
    busy = false;
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  return () => clearInterval(timer);
}
