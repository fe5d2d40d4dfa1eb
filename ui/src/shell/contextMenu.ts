// Gives an element a menu: by the right button, by the menu key, and by Shift-F10, which some keyboards have instead.
import type { Attachment } from "svelte/attachments";
import type { ContextMenu, MenuGroups } from "../state/menu.svelte";

/** `groups` may first choose what lies under `target`; nothing means that there is no menu. */
export const contextMenu =
  (menu: ContextMenu, groups: (target: Element) => MenuGroups | null): Attachment<HTMLElement> =>
  (node) => {
    const open = (event: Event, x: number, y: number): void => {
      const found = event.target instanceof Element ? groups(event.target) : null;
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      menu.open(found, x, y);
    };
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
      const { left, bottom } = (event.target as Element).getBoundingClientRect();
      open(event, left + 24, Math.min(bottom, innerHeight / 2 + bottom / 2));
    };
    const clicked = (event: MouseEvent): void => open(event, event.clientX, event.clientY);
    node.addEventListener("contextmenu", clicked);
    node.addEventListener("keydown", pressed, { capture: true });
    return () => {
      node.removeEventListener("contextmenu", clicked);
      node.removeEventListener("keydown", pressed, { capture: true });
    };
  };
