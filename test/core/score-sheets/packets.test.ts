import { describe, expect, test } from "vitest";
import { hiddenMaterial, hiddenTitle } from "../../../apps-script/core/score-sheets/packets.ts";
import { splitText } from "../../../apps-script/core/score-sheets/score-sheet.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { emptySnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { SubmissionRow, TextRow } from "../award-builder.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import {
  assigned,
  defaultExperts,
  items,
  notice,
  recommendedSubmission,
  rowsOf,
  scoreSheets,
  shared,
  units,
} from "../review-fixture.ts";

const body = "课堂上先看学情，再定任务。".repeat(20);
const textOf = (row: SubmissionRow, changes: TextRow = {}): TextRow => ({
  nominator: row.nominator!,
  id: row.id!,
  title: row.title!,
  summary: `${row.id} 的概要。${body}`,
  innovation: body,
  process: body.repeat(4),
  application: body,
  ...changes,
});

const rows = Array.from({ length: 20 }, (_, i) => recommendedSubmission(i));
const award = shared({ submissions: rows, texts: rows.map((row) => textOf(row)) });
const review = assigned(award);
const files = scoreSheets(award, review);

/** What the rows of a sheet of a score sheet show, by label. */
const shownRows = (snapshot: WorkbookSnapshot, sheet: string): Record<string, string>[] => {
  const [, , labels = [], ...below] = sheetNamed(snapshot, sheet).rows.map((row) => row.map(cellText));
  return below.map((row) => Object.fromEntries(labels.map((label, i) => [label, row[i] ?? ""])));
};

const strings = (patch: WorkbookPatch) => JSON.stringify(patch);

describe("a score sheet for each expert with something to review", () => {
  test("names the files by expert", () => {
    const busy = new Set(rowsOf(review, "分派").map((row) => row.专家编号));
    expect(files.map((f) => f.fileName)).toEqual([...busy].sort().map((id) => `评分表-${id}.xlsx`));
  });

  test("has the three sheets", () => {
    for (const { patch } of files) expect(patch.sheets.map((s) => s.name)).toEqual(["评分", "案例正文", "评分标准"]);
  });

  test("holds the submissions of that expert, by field and 评审编号", () => {
    const order = ["教学革新", "教研创新", "教育治理升级", "评价改革"];
    for (const file of files) {
      const listed = shownRows(applyPatch(emptySnapshot, file.patch), "评分");
      const own = rowsOf(review, "分派").filter((row) => row.专家编号 === file.expert);
      expect(listed.map((l) => l.评审编号).sort()).toEqual(own.map((row) => String(row.评审编号)).sort());
      const keys = listed.map((l) => `${order.indexOf(l.领域 ?? "")} ${l.评审编号}`);
      expect(keys).toEqual([...keys].sort());
    }
  });

  test("bears the expert's number on every sheet and nobody's name", () => {
    for (const file of files) {
      for (const sheet of applyPatch(emptySnapshot, file.patch).sheets) {
        expect(cellText(sheet.rows[0]![0]!)).toContain(`专家编号：${file.expert}`);
      }
      for (const expert of defaultExperts()) expect(strings(file.patch)).not.toContain(expert.name);
    }
  });

  test("nothing tells an author, a unit, an account, a phone or a 案例编号", () => {
    const secrets = [
      ...rows.flatMap((row) => [row["author1.name"], row["author1.unit"], row["author1.account"], row.phone]),
      ...units.flatMap((unit) => [unit.name, ...String(unit.aliases).split("、")]),
    ].map(String);
    for (const file of files) {
      const all = strings(file.patch);
      expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
      // The 案例编号 of this fixture stands in the text on purpose; elsewhere it must not.
      const { sheets } = file.patch;
      expect(rows.filter((row) => strings({ sheets: [sheets[0]!, sheets[2]!] }).includes(`"${row.id}"`))).toEqual([]);
      expect(file.patch.properties).toEqual({ title: `评分表 ${file.expert}`, creator: "评案簿" });
    }
  });

  test("locks everything but the nine items, 评语 and 回避", () => {
    for (const { patch } of files) {
      const [scores, ...others] = patch.sheets;
      const unlocked = scores!.layout!.styles!.filter((s) => s.style.locked === false);
      const columns = unlocked.flatMap((s) =>
        Array.from({ length: s.area.right - s.area.left + 1 }, (_, i) => s.area.left + i),
      );
      const header = applyPatch(emptySnapshot, patch).sheets[0]!.rows[2]!;
      expect(columns.map((c) => String(header[c - 1]))).toEqual([
        ...items.map((i) => `${i.label}（${i.max}分）`),
        "评语",
        "回避",
      ]);
      expect(unlocked.every((s) => s.area.top === 4)).toBe(true);
      expect(scores!.layout!.protected).toBe(true);
      for (const sheet of others) {
        expect(sheet.layout!.protected).toBe(true);
        expect(sheet.layout!.styles!.every((s) => s.style.locked !== false)).toBe(true);
      }
    }
  });

  test("validates each item from 0 to its maximum in halves", () => {
    for (const { patch } of files) {
      const [scores] = patch.sheets;
      const { validations = [] } = scores!.layout!;
      const made = applyPatch(emptySnapshot, patch);
      const labels = (sheetNamed(made, "评分").rows[2] ?? []).map(cellText);
      const own = new Set(shownRows(made, "评分").map(({ 领域 }) => 领域));
      expect(validations).toHaveLength(items.length);
      for (const [i, item] of items.entries()) {
        const { validation, area } = validations[i]!;
        const column = labels.indexOf(`${item.label}（${item.max}分）`) + 1;
        expect(validation).toMatchObject({ kind: "custom", formula: expect.stringContaining(`<=${item.max},MOD(`) });
        expect(area).toMatchObject({ top: 4, left: column, right: column });
        const { message = "" } = validation as { message?: string };
        expect(message.length).toBeLessThanOrEqual(255);
        const note = scores!.notes!.find((each) => each.column === column)?.text ?? "";
        for (const field of notice.fields) {
          // What is asked stands beside the cell and on the header, for the fields of this expert alone.
          const said = `${own.size > 1 ? `${field.label}：` : ""}${field.criteria.value[item.key]}`;
          const isShared = notice.fields.some(
            (other) =>
              other !== field &&
              own.has(other.label) &&
              other.criteria.value[item.key] === field.criteria.value[item.key],
          );
          if (!own.has(field.label) && isShared && own.size === 1) continue;
          expect(note.includes(said)).toBe(own.has(field.label));
          expect(message.includes(said)).toBe(own.has(field.label));
        }
      }
    }
  });

  test("gives the wording of the notice for the fields of that expert only", () => {
    for (const file of files) {
      const snapshot = applyPatch(emptySnapshot, file.patch);
      const fields = new Set(shownRows(snapshot, "评分").map(({ 领域 }) => `${领域}：评分依据`));
      const rubric = sheetNamed(snapshot, "评分标准").rows;
      expect(new Set(rubric[2]!.slice(3))).toEqual(fields);
      expect(rubric.slice(3).map((row) => row[2])).toEqual(items.map((item) => item.max));
    }
  });
});

/** Score sheets of an award whose first submission is changed. */
function withFirst(change: SubmissionRow, text: TextRow = {}, material?: string) {
  const changed = rows.map((row, i) => (i === 0 ? { ...row, ...change } : row));
  const snapshot = shared({ submissions: changed, texts: changed.map((row, i) => textOf(row, i === 0 ? text : {})) });
  let after = assigned(snapshot);
  const at = rowsOf(after, "参评案例").findIndex((row) => row.案例编号 === "A001");
  const reviewId = String(rowsOf(after, "参评案例")[at]!.评审编号);
  if (material !== undefined) after = typeCell(after, "参评案例", at + 2, 8, material);
  const file = scoreSheets(snapshot, after).find((f) => strings({ sheets: [f.patch.sheets[0]!] }).includes(reviewId))!;
  const made = applyPatch(emptySnapshot, file.patch);
  const of = (sheet: string) => shownRows(made, sheet).filter(({ 评审编号 }) => 评审编号 === reviewId);
  const [row] = of("评分");
  return {
    title: row?.案例名称,
    material: row?.评审材料,
    text: of("案例正文")
      .map(({ 内容 }) => 内容)
      .join(""),
  };
}

describe("anonymity", () => {
  test("a clean submission shows its title, link and text", () => {
    const shown = withFirst({}, {}, "https://example.org/v/1");
    expect(shown).toMatchObject({ title: rows[0]!.title, material: "https://example.org/v/1" });
    expect(shown.text).toContain("A001 的概要");
  });

  test("a text with an anonymity warning is left out", () => {
    // 银川市 nominated it; 贺兰 is nobody's region here, so a two-character author's name makes the warning.
    const shown = withFirst({ "author1.name": "任务" }, {});
    expect(shown.text).not.toContain("A001 的概要");
    expect(shown.text).toContain("请看“评审材料”");
    expect(shown.title).toBe(rows[0]!.title);
  });

  test.for(["https://example.org/银川市第1实验学校.mp4", "https://example.org/nx202500001", "银 川 市"])(
    "the link %s is hidden",
    (material) => {
      expect(withFirst({}, {}, material).material).toBe(hiddenMaterial);
    },
  );
});

test("a title with an anonymity warning is hidden", () => {
  const title = "同心协力的课堂";
  const changed = rows.map((row, i) => (i === 3 ? { ...row, title } : row));
  const snapshot = shared({ submissions: changed });
  const after = assigned(snapshot);
  const reviewId = rowsOf(after, "参评案例").find((row) => row.案例编号 === "A004")?.评审编号;
  const shown = scoreSheets(snapshot, after).flatMap((f) =>
    shownRows(applyPatch(emptySnapshot, f.patch), "评分").filter(({ 评审编号 }) => 评审编号 === reviewId),
  );
  expect(shown.length).toBeGreaterThan(0);
  for (const row of shown) expect(row.案例名称).toBe(hiddenTitle);
});

describe("long texts", () => {
  test.for([
    { name: "short", text: "一句话。", pieces: 1 },
    { name: "at a sentence", text: `${"字".repeat(600)}。${"字".repeat(600)}。`, pieces: 2 },
    { name: "no sentence at all", text: "字".repeat(2000), pieces: 3 },
    { name: "no sentence but at the start", text: `${"字".repeat(280)}。${"字".repeat(1500)}`, pieces: 2 },
    { name: "surrogate pairs", text: "𠀀".repeat(1000), pieces: 3 },
    { name: "empty", text: "", pieces: 0 },
  ])("$name", ({ text, pieces }) => {
    const split = splitText(text);
    expect(split).toHaveLength(pieces);
    expect(split.join("")).toBe(text);
    expect(split.every((piece) => piece.length <= 900 && !/[\ud800-\udbff]$/.test(piece))).toBe(true);
  });
});
