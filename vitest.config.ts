import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/office/**"], testTimeout: 60_000 },
      },
      { test: { name: "office", include: ["test/office/**/*.test.ts"], testTimeout: 300_000 } },
    ],
  },
});
