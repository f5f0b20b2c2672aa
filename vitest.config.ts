import { defineConfig } from "vitest/config";

/** Sweeps of faults, hostile inputs and whole awards take minutes: they have a command of their own. */
const longRuns = [
  "test/**/*fault*.test.ts",
  "test/**/hostile-*.test.ts",
  "test/generator/{prior-winners,twenty-awards}.test.ts",
  "test/bench/accuracy.test.ts",
  "test/core/assignment/{plan.properties,repair,shortage,spread,verify-certificate}.test.ts",
  "test/core/import/{order.property,samples}.test.ts",
  "test/core/rules/live.test.ts",
  "test/core/ranking/conservation.property.test.ts",
  "test/core/application-book/reissued-form.test.ts",
  "test/node-tools/award-files/formula-values.test.ts",
  "test/node-tools/cases/*.test.ts",
  "test/node-tools/commands/{award,bad-inputs,collect,export-forms,first-review,import-again,import-prior,left-things,long-lists,notice-folder,other-notice,packets,rank,refusals,remind,replay,undo}.test.ts",
  "test/node-tools/evidence/evidence.test.ts",
  "test/node-tools/materials/materials.test.ts",
  "test/node-tools/page/unit/unit-desk.test.ts",
  // It puts the globals of the page in place of those of Node.
  "test/node-tools/page/worker.test.ts",
  "test/node-tools/local-sheets/{both-hosts,live-edits,other-notice-online,server,service-calls,zones}.test.ts",
  "test/src/application/{lay-again,protections}.test.ts",
  "test/src/review/{actions,collect-scores,google-as-it-is,import-drive-file,locked-import,progress,reminders,replay-actions,returned-copies,score-sheet-models}.test.ts",
  "test/src/shared/{check-all,correct-cells,initialize-and-lock,recommend-and-import,second-action,unpromised}.test.ts",
];

/** Once more with everything going right that Google does not promise (docs/local-sheets.md); the other suites have it going wrong. */
const hopefulRuns = [
  "test/src/review/{cancelled,collect-scores,google-as-it-is,reminders}.test.ts",
  "test/src/shared/{cancelled,correct-cells}.test.ts",
];

/** A large award by command, in the page and online: by hand before a release. The bundled example goes through two of them in every run. */
const hostRuns = ["test/browser/three-hosts.test.ts"];

export default defineConfig({
  test: {
    // The default leaves a core idle, which on two cores is half the machine.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["test/office/**", "test/browser/**", ...longRuns],
          globalSetup: ["test/build-bundles.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "faults",
          include: longRuns,
          globalSetup: ["test/build-bundles.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "hopeful",
          include: hopefulRuns,
          env: { LOCAL_SHEETS_DOUBTS: "hopeful" },
          globalSetup: ["test/build-bundles.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "hosts",
          include: hostRuns,
          globalSetup: ["test/build-bundles.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: "office", include: ["test/office/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 60_000 } },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          exclude: hostRuns,
          globalSetup: ["test/build-bundles.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
