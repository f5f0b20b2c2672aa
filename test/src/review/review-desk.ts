/** An award in review in the local Sheets: the review script as it is bundled, over a shared workbook of invented people. */
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import manifest from "../../../apps-script/src/review/appsscript.json" with { type: "json" };
import type { ScriptProject } from "../../../node-tools/local-sheets/local-google.ts";
import { createLocalGoogle } from "../../../node-tools/local-sheets/runtime/create-local-google.ts";
import type { AwardParts, ExpertRow } from "../../core/award-builder.ts";
import { patchOf } from "../../core/in-memory-workbook.ts";
import { defaultExperts, shared } from "../../core/review-fixture.ts";
import {
  administrator,
  assign,
  finishJob,
  type LocalAward,
  runReview,
} from "../../node-tools/local-sheets/local-award.ts";
import { agreeable, testedDoubts } from "../../node-tools/local-sheets/platform.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

function bundle(): ScriptProject {
  const options = { absWorkingDir: root, bundle: true, charset: "utf8", target: "es2020", write: false } as const;
  const entryPoints = ["apps-script/src/review/main.ts"];
  const { metafile } = buildSync({ ...options, entryPoints, format: "esm", outdir: "out", metafile: true });
  const names = Object.values(metafile.outputs)[0]?.exports ?? [];
  const { outputFiles } = buildSync({ ...options, entryPoints, format: "iife", globalName: "Casebook" });
  const stubs = names.map((name) => `function ${name}(...values) { return Casebook.${name}(...values); }`);
  const html = new Map(["assignment", "help", "progress", "ranking"].map((page) => [page, `<p>${page}</p>`]));
  return { code: [outputFiles[0]?.text, ...stubs].join("\n"), html, manifest };
}

let project: ScriptProject | undefined;
export function reviewProject(): ScriptProject {
  project ??= bundle();
  return project;
}

/** Experts with addresses of their own. */
export function expertsWithAddresses(rows: readonly ExpertRow[] = defaultExperts()): ExpertRow[] {
  return rows.map((row, i) => ({ ...row, email: `zj${i + 1}@example.org` }));
}

/** Two workbooks, connected; the clock inside the review window. */
export function newReview(parts: AwardParts = {}, count = 24, doubts = testedDoubts): LocalAward {
  const told: string[] = [];
  const answers: string[] = [];
  const google = createLocalGoogle({ now: new Date(2025, 10, 3, 9, 0, 0), doubts });
  google.surroundings = agreeable(told, answers);
  const award = shared({ experts: expertsWithAddresses(), ...parts }, count);
  const sharedId = google.addSpreadsheet("申报工作簿", administrator, patchOf(award));
  const reviewId = google.addSpreadsheet("评审工作簿", administrator, {
    sheets: [{ name: "工作表1", createBefore: null }],
  });
  google.bindScript(reviewId, reviewProject());
  answers.push(sharedId);
  google.run(reviewId, administrator, "connectApplication");
  return { google, shared: sharedId, review: reviewId, told, answers };
}

/** One case, and who reviews it. */
export function assigned(): LocalAward {
  const award = newReview({}, 1);
  assign(award);
  return award;
}

/** As `assigned`, with the online score sheets made. */
export function handedOut(): LocalAward {
  const award = assigned();
  runReview(award, "makeScoreSheets");
  finishJob(award);
  return award;
}

export function cellsOf(award: LocalAward, id: string, sheet: string) {
  const found = award.google.snapshotOf(id).sheets.find((each) => each.name === sheet);
  return found?.rows ?? [];
}
