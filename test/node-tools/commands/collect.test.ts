import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultNotice as notice } from "../../../apps-script/core/notice/built-in.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { runCasebook, runJson } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-collect-"));
const file = join(home, "a.xlsx");
const versions = [join(home, "first"), join(home, "second")] as const;

beforeAll(async () => {
  await writeSmallAward(join(home, "inputs"));
  await runCasebook("init", file);
  await runCasebook("import", file, join(home, "inputs"));
  await runCasebook("recommend", file, "--date", "2025-10-20");
  await runCasebook("assign", file, "--reviews", "1");
  const { json } = await runJson("packets", file, "--out", join(home, "packets"));
  const sheet: string = json.files[0];
  for (const [i, folder] of versions.entries()) {
    mkdirSync(folder);
    writeFileSync(join(folder, basename(sheet)), await fillScoreSheet(sheet, notice, i + 1));
  }
  await runCasebook("collect", file, versions[0]);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("two versions of a score sheet", () => {
  test("the advice can be typed as it stands, wherever the second one lies", async () => {
    const { out } = await runCasebook("collect", file, versions[1]);
    const [, advised] = /--accept (.+)$/m.exec(out)!;
    const { json } = await runJson("collect", file, versions[1], "--accept", advised!);
    expect(json.scores).toBeGreaterThan(0);
    const again = await runJson("collect", file, versions[1]);
    expect(again.json.conflicts).toEqual([]);
  });
});
