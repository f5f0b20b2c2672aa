import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { runAwardByCommand } from "../award-by-command.ts";
import { readSheet } from "../run-casebook.ts";
import {
  type LocalAward,
  newLocalAward,
  runReview,
  runReviewRound,
  runUntilShortlist,
  sheetOf,
} from "./local-award.ts";

const inputs = fileURLToPath(new URL("../../../node-tools/example/inputs", import.meta.url));

/** A formula's last result is not the award's: the one host has none, the other has calculated. */
function plain(value: CellValue): CellValue {
  return typeof value === "object" && value !== null && value.kind === "formula" ? `=${value.formula}` : value;
}

const plainRows = (rows: readonly (readonly CellValue[])[]) => rows.map((row) => row.map(plain));

describe("the bundled example through both hosts", () => {
  let award: LocalAward;
  let files: { shared: string; review: string };

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "casebook-"));
    files = await runAwardByCommand(folder, inputs);
    award = newLocalAward();
    await runUntilShortlist(award, inputs);
    runReviewRound(award);
    runReviewRound(award);
    return () => rmSync(folder, { recursive: true });
  }, 300_000);

  test.for(["案例", "正文", "单位", "联络员", "检查", "配额", "进度"])(
    "%s is the same, cell for cell",
    async (name) => {
      const online = plainRows(sheetOf(award, award.shared, name).rows);
      expect(online.length).toBeGreaterThan(5);
      expect(online).toEqual(plainRows((await readSheet(files.shared, name)).rows));
    },
  );

  test.for(["参评案例", "分派", "各组情况", "汇总", "结果"])("%s is the same, cell for cell", async (name) => {
    const online = plainRows(sheetOf(award, award.review, name).rows);
    expect(online.length).toBeGreaterThan(1);
    expect(online).toEqual(plainRows((await readSheet(files.review, name)).rows));
  });

  test("专家情况 is the same, but for what the two clocks call late", async () => {
    const rows = (all: readonly (readonly CellValue[])[]) =>
      plainRows(all).map((row) => row.filter((_, column) => all[0]?.[column] !== "迟交"));
    const online = rows(sheetOf(award, award.review, "专家情况").rows);
    expect(online.length).toBeGreaterThan(60);
    expect(online).toEqual(rows((await readSheet(files.review, "专家情况")).rows));
  });

  test("ranking again changes nothing", () => {
    const before = sheetOf(award, award.review, "汇总").rows;
    runReview(award, "rankSubmissions");
    expect(sheetOf(award, award.review, "汇总").rows).toEqual(before);
  });
});
