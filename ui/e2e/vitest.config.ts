import { defineConfig } from "vitest/config";

// The real window: one at a time, scenes in order, each with a deadline. Once in some hundred keys WebKit's driver answers "unknown error", so a
// scene that fails is played once more, and said to be so.
export default defineConfig({
  test: { environment: "node", include: [process.env.TAIPAN_SCENES ?? "e2e/*.e2e.ts"], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000, retry: 1, bail: 1 },
});
