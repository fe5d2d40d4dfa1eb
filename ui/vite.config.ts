import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The page is served from inside the program, for one known engine: no polyfills. Only pages are apart.
export default defineConfig({
  plugins: [svelte()],
  publicDir: "../icons",
  build: { target: "safari16", chunkSizeWarningLimit: 2000 },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: { environment: "jsdom", include: ["test/**/*.test.ts"], setupFiles: ["test/setup.ts"] },
});
