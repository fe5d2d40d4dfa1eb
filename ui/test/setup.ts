// What jsdom lacks of a browser and the page needs.
import { vi } from "vitest";

window.matchMedia ??= vi.fn().mockReturnValue({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn(), addListener: vi.fn(), removeListener: vi.fn() });
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
  this.dispatchEvent(new Event("close"));
};
// The terminal's overview ruler draws on a canvas; here nobody looks at it.
HTMLCanvasElement.prototype.getContext = (() => new Proxy({}, { get: () => () => ({ width: 1, data: { set: () => {} } }), set: () => true })) as never;
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
globalThis.CSS ??= { escape: (text: string) => text } as never;
