import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Letters beyond ASCII as escapes: of a script with a single one beyond Latin-1 the engine keeps every letter in two bytes. */
const narrow: Plugin = {
  name: "narrow",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      chunk.code = chunk.code.replace(/(\\*)([^\0-\x7f])/g, (_all, slashes: string, letter: string) => {
        if (slashes.length % 2) throw new Error(`${chunk.fileName}: ${letter} stands behind a backslash, where no escape can`);
        return `${slashes}\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
      });
    }
  },
};

// The page is served from inside the program, for one known engine: no polyfills. Only pages are apart.
export default defineConfig({
  plugins: [svelte(), narrow],
  publicDir: "../icons",
  build: { target: "safari16", chunkSizeWarningLimit: 2000 },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: { environment: "jsdom", include: ["test/**/*.test.ts"], setupFiles: ["test/setup.ts"] },
});
