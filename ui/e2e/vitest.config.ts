import { defineConfig } from "vitest/config";

// The real window: one at a time, scenes in order, each with a deadline.
export default defineConfig({
  test: { environment: "node", include: [process.env.TAIPAN_SCENES ?? "e2e/*.e2e.ts"], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000, bail: 1,
    // Saving to the board failed in one run, and the cause is not known yet: a scene may be played a second time.
    retry: 1 },
});
