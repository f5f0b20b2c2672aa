import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/office/**", "test/browser/**"],
          globalSetup: ["test/build-bundles.ts"],
          testTimeout: 60_000,
        },
      },
      { test: { name: "office", include: ["test/office/**/*.test.ts"], testTimeout: 300_000 } },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/build-bundles.ts"],
          testTimeout: 300_000,
        },
      },
    ],
  },
});
