import { describe, expect, test } from "vitest";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import type { CellEdit, CellValue } from "../../../apps-script/core/workbook/port.ts";
import { date, makeSnapshot, validSubmission } from "../../core/award-builder.ts";
import { cellsOf, newReview } from "../../src/review/review-desk.ts";
import { administrator, laidWorkbook, openDesk, sharedProject } from "../../src/shared/shared-desk.ts";
import { sampled } from "../../sweep.ts";
import { actByHand, byHand, findingsOf } from "./by-hand.ts";
import { runReview } from "./local-award.ts";

const zones = [
  "Asia/Shanghai",
  "America/Los_Angeles",
  "Asia/Kathmandu",
  "UTC",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "Europe/London",
];
/** The last day, and days on which clocks of some zone are changed; 2018-11-04 has no midnight in São Paulo. */
const days = ["2025-10-15", "2025-03-09", "2025-11-02", "2025-03-30", "2025-10-26", "2018-11-04", "1988-04-17"];
const time = (seconds: number): CellValue => ({ kind: "time", seconds });
const durations = [17 * 60 + 30, 15 * 60, 20 * 60, 17 * 3600 + 30 * 60, 59, 23 * 3600 + 59 * 60, 17 * 60 + 30];
const meant = ["00:17:30", "00:15:00", "00:20:00", "00:17:30", "00:00:59", "00:23:59", "00:17:30"];

describe("a spreadsheet of another zone says the same days and durations", () => {
  test.for(sampled(zones))("imported from Drive: %s", (zone) => {
    const award = newReview({ submissions: [] }, 0);
    const keys = submissionsSheet.columns.filter(({ kind }) => kind !== "computed").map(({ key }) => key);
    const header = submissionsSheet.columns.filter(({ kind }) => kind !== "computed").map(({ label }) => label);
    const rows = days.map((iso, i) =>
      keys.map((key): CellValue => {
        if (key === "id") return 123 + i;
        if (key === "submittedOn") return date(iso);
        if (key === "videoDuration") return time(durations[i] as number);
        return (validSubmission(i) as Record<string, CellValue>)[key] ?? null;
      }),
    );
    const edits = [header, ...rows].flatMap((cells, r) =>
      cells.map((value, c): CellEdit => ({ row: r + 1, column: c + 1, value })),
    );
    const styles = [{ area: { top: 2, left: 1, bottom: 20, right: 1 }, style: { numberFormat: '"XJ"0000' } }];
    const file = award.google.addSpreadsheet("平台导出", administrator, {
      sheets: [{ name: "导出", createBefore: null, edits, layout: { styles } }],
    });
    actByHand(award.google, file, sharedProject(), administrator, `book.setSpreadsheetTimeZone("${zone}");`);
    award.answers.push(file);
    runReview(award, "importDriveFile");
    expect(award.told.at(-1)).toContain(`已导入：新增 ${days.length}，`);
    const column = (key: string) =>
      cellsOf(award, award.shared, "案例")
        .map((row) => row[submissionsSheet.columns.findIndex((c) => c.key === key)] ?? null)
        .filter((value) => value !== null)
        .slice(1);
    expect(column("id")).toEqual(days.map((_, i) => `XJ0${123 + i}`));
    expect(column("submittedOn")).toEqual(days.map((iso) => date(iso)));
    expect(column("videoDuration")).toEqual(meant);
  });

  test.for(sampled(zones))("the shared workbook, its zone changed later: %s", (zone) => {
    const submissions = days.slice(0, 5).map((iso, i) => ({ ...validSubmission(i), recommendedOn: date(iso) }));
    const desk = openDesk(laidWorkbook(makeSnapshot({ submissions })));
    const at = submissionsSheet.columns.findIndex(({ key }) => key === "videoDuration") + 1;
    byHand(
      desk,
      `var cell = book.getSheetByName("案例").getRange(2, ${at}); cell.setNumberFormat("[h]:mm:ss"); cell.setValue(1050 / 86400);`,
    );
    const typed = () => desk.sheet("案例").rows.map((row) => row.slice(0, submissionsSheet.columns.length - 1));
    const before = typed();
    desk.run("checkAll");
    const found = findingsOf(desk);
    byHand(desk, `book.setSpreadsheetTimeZone("${zone}");`);
    desk.run("checkAll");
    expect(findingsOf(desk)).toEqual(found);
    expect(found.some((finding) => finding.startsWith("VIDEO-DURATION"))).toBe(false);
    desk.answers.push("2025-10-20");
    desk.run("recommendByFirstScore");
    expect(typed().map((row) => row[at - 1])).toEqual(before.map((row) => row[at - 1]));
    const day = submissionsSheet.columns.findIndex(({ key }) => key === "submittedOn");
    expect(typed().map((row) => row[day])).toEqual(before.map((row) => row[day]));
  });
});

test("案例编号 that a person gave a number format is what is shown, in the check and at once", () => {
  const desk = openDesk(laidWorkbook(makeSnapshot({ submissions: [{ id: "000123" }, { id: "B2" }, { id: "B3" }] })));
  byHand(desk, `book.getSheetByName("案例").getRange(3, 2).setNumberFormat("000000").setValue(123);`);
  desk.run("checkAll");
  const duplicates = ["SUB-ID-DUPLICATE 案例 2 案例编号 000123", "SUB-ID-DUPLICATE 案例 3 案例编号 000123"];
  expect(findingsOf(desk).filter((finding) => finding.startsWith("SUB-ID-DUPLICATE"))).toEqual(duplicates);
});
