// What a display of the virtual board looks like: its dots, and the colours of its glass.
import type { Screen } from "../state/board.svelte";

export type Colour = readonly [number, number, number];
export type Glass = { readonly ink: Colour; readonly ground: Colour };

/** Seen from the front: dots that shine by themselves, or darken a glass with a light behind it or none. */
const LOOKS: Record<string, (light: number) => Glass> = {
  SSD1306: (light) => ({ ink: [198, 236, 255].map((part) => Math.round(part * (0.5 + light / 510))) as unknown as Colour, ground: [6, 10, 14] }),
  "LCD32MKv1.0": (light) => (light > 0 ? { ink: [28, 44, 18], ground: [186, 218, 92] } : { ink: [44, 54, 40], ground: [132, 148, 116] }),
};

const PLAIN: Glass = { ink: [255, 255, 255], ground: [0, 0, 0] };

/** The colours of a display; black and white where much contrast is asked for. */
export function glass({ kind, light }: Screen, contrast: boolean): Glass {
  return (contrast ? undefined : LOOKS[kind]?.(light)) ?? PLAIN;
}

/** Its dots as a canvas takes them: four bytes each. */
export function pixels({ width, height, dots }: Screen, { ink, ground }: Glass): Uint8ClampedArray<ArrayBuffer> {
  const drawn = new Uint8ClampedArray(4 * width * height);
  for (let dot = 0; dot < width * height; dot++) {
    const byte = Number.parseInt(dots.slice((dot >> 3) * 2, (dot >> 3) * 2 + 2), 16);
    const [red, green, blue] = (byte << (dot & 7)) & 0x80 ? ink : ground;
    drawn.set([red, green, blue, 255], 4 * dot);
  }
  return drawn;
}

/** A light of a strip as the eye sees it, to which a tenth of the power is far more than a tenth of the brightness. */
export function lightColour(colour: string): string {
  const part = (at: number): number => Math.round(255 * (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** (1 / 2.2));
  return `rgb(${part(0)} ${part(2)} ${part(4)})`;
}
