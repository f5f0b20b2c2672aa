/** A score sheet that is a copy of a model is the score sheet that would have been laid cell by cell. */
import { beforeAll, describe, expect, test } from "vitest";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { buildScoreSheets } from "../../../apps-script/core/score-sheets/packets.ts";
import type { SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { groupOf, sheetsOf } from "../../../apps-script/src/review/score-sheet-models.ts";
import { RefusedError } from "../../../node-tools/local-sheets/local-google.ts";
import { cautious } from "../../../node-tools/local-sheets/runtime/doubts.ts";
import {
  administrator,
  assign,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { newAdapterHost } from "../google/adapter-host.ts";
import { cellsOf, newReview } from "./review-desk.ts";

const modelFiles = ({ google }: LocalAward) => google.files().filter(({ name }) => name.startsWith("样表"));
const filesOf = ({ google, shared, review }: LocalAward) =>
  buildScoreSheets(google.snapshotOf(shared), google.snapshotOf(review), ningxia2025);

/** What lies in a spreadsheet, in an order of its own. */
const contentOf = (google: LocalAward["google"], id: string) =>
  google.contentOf(id).sheets.map(({ layout, ...sheet }: SheetPatch) => ({ ...sheet, layout }));

function made(copiedProtections: "lost" | "open" | "kept"): LocalAward {
  const award = newReview({}, 24, { ...cautious, copiedProtections });
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  return award;
}

describe.for(["lost", "open", "kept"] as const)("copies whose protections are %s", (copiedProtections) => {
  let award: LocalAward;
  beforeAll(() => {
    award = made(copiedProtections);
  });

  test("are, cell for cell and look for look, what is laid without a model", () => {
    const copied = filesOf(award).filter(
      (file, _, all) => all.filter((other) => groupOf(other) === groupOf(file)).length > 3,
    );
    expect(copied.length).toBeGreaterThan(3);
    expect(modelFiles(award).length).toBeGreaterThan(0);
    expect(modelFiles(award).length).toBeLessThan(copied.length);
    for (const file of copied) {
      const laid = newAdapterHost({ sheets: [] });
      laid.apply({ sheets: sheetsOf(file) });
      const wanted = contentOf(laid.google, laid.id).filter(({ name }) => name !== "工作表1");
      const { id = "" } = scoreSheets(award).get(`评分表-${file.expert}`) ?? {};
      expect(contentOf(award.google, id)).toEqual(wanted);
    }
  });

  test("let their experts write in their own cells and nowhere else", () => {
    for (const { id, expert } of scoreSheets(award).values()) {
      const write = (sheet: string, row: number, column: number) =>
        award.google.edit(id, expert, { sheet, row, column, values: [["5"]] });
      const header = cellsOf(award, id, "评分")[2] ?? [];
      write("评分", 4, header.indexOf("评语") + 1);
      for (const [sheet, row, column] of [
        ["评分", 1, 1],
        ["评分", 4, 1],
        ["评分标准", 4, 2],
        ["案例正文", 4, 3],
      ] as const)
        expect(() => write(sheet, row, column)).toThrow(RefusedError);
    }
  });
});

test("a model holds nothing of any expert or case, and nobody else has it", () => {
  const award = newReview();
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  const secrets = filesOf(award).flatMap(({ expert, submissions }) => [
    expert,
    ...submissions.flatMap(({ reviewId, title }) => [reviewId, title]),
  ]);
  for (const { id, editors, viewers, owner } of modelFiles(award)) {
    expect([owner, editors, viewers]).toEqual([administrator, [], []]);
    const text = JSON.stringify([award.google.contentOf(id), award.google.files().find((each) => each.id === id)]);
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});
