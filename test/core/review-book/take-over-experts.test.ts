import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { withMovedExperts } from "../../../apps-script/core/review-book/review-experts.ts";
import { blankReviewSnapshot } from "../../../apps-script/core/review-book/review-workbook.ts";
import { planTakeOver, type TakeOver } from "../../../apps-script/core/review-book/take-over-experts.ts";
import { emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { defaultExperts, notice, rowsOf, shared } from "../review-fixture.ts";

interface Workbooks {
  readonly award: WorkbookSnapshot;
  readonly review: WorkbookSnapshot;
}

const fresh = (award = shared()): Workbooks => ({ award, review: blankReviewSnapshot(notice) });
const plan = ({ award, review }: Workbooks): TakeOver => planTakeOver(award, review, notice);

function copy(books: Workbooks): Workbooks {
  const { copy: patch } = plan(books);
  return patch ? { ...books, review: applyPatch(books.review, patch) } : books;
}

function clear(books: Workbooks): Workbooks {
  return { ...books, award: applyPatch(books.award, plan(books).clear) };
}

/** An empty text is an empty cell; 即时检查 stays behind. */
const experts = (snapshot: WorkbookSnapshot) =>
  rowsOf(snapshot, "专家").map(({ 即时检查: _, ...row }) =>
    Object.fromEntries(Object.entries(row).map(([label, value]) => [label, value === "" ? null : value])),
  );

describe("the move of 专家", () => {
  test("copies every row, then empties the shared sheet", () => {
    const before = fresh();
    const after = clear(copy(before));
    expect(experts(after.review)).toEqual(experts(before.award));
    expect(
      experts(after.award)
        .flatMap(Object.values)
        .filter((v) => v !== null),
    ).toEqual([]);
    expect(after.award.sheets.filter((s) => s.name !== "专家")).toEqual(
      before.award.sheets.filter((s) => s.name !== "专家"),
    );
  });

  test("broken off before the notes on the header, it writes them when run again", () => {
    const whole = copy(fresh());
    const withoutNotes = {
      ...whole,
      review: {
        sheets: whole.review.sheets.map((s) => (s.name === "专家" ? { ...s, notes: new Map<string, string>() } : s)),
      },
    };
    expect(sheetNamed(whole.review, "专家").notes.size).toBeGreaterThan(0);
    expect(sheetNamed(copy(withoutNotes).review, "专家").notes).toEqual(sheetNamed(whole.review, "专家").notes);
  });

  test.for([
    { name: "broken off after the copy", steps: [copy, copy, clear] },
    { name: "run twice", steps: [copy, clear, copy, clear] },
  ])("$name: nothing twice, nothing lost", ({ steps }) => {
    const before = fresh();
    const after = steps.reduce((books, step) => step(books), before);
    expect(experts(after.review)).toEqual(experts(before.award));
    expect(
      experts(after.award)
        .flatMap(Object.values)
        .filter((v) => v !== null),
    ).toEqual([]);
  });

  test("two equal rows stay two", () => {
    const [first, ...others] = defaultExperts();
    const before = fresh(shared({ experts: [first!, first!, ...others] }));
    const after = copy(copy(before));
    expect(experts(after.review)).toEqual(experts(before.award));
  });

  test("late experts come below", () => {
    const [first, second, ...others] = defaultExperts();
    const moved = clear(copy(fresh(shared({ experts: others }))));
    const late = clear(copy({ award: shared({ experts: [second!, first!] }), review: moved.review }));
    expect(experts(late.review).slice(-2)).toEqual(experts(shared({ experts: [second!, first!] })));
    expect(experts(late.review)).toHaveLength(others.length + 2);
  });

  test("a person who is there already is filled in, never overwritten", () => {
    const [first, ...others] = defaultExperts();
    const moved = clear(copy(fresh(shared({ experts: [{ ...first!, email: null }, ...others] }))));
    const again = { ...first!, phone: "13900009999", email: "zj1@example.org" };
    const books = { award: shared({ experts: [again] }), review: moved.review };
    expect(plan(books).differing).toEqual([
      `${first!.name}的“联系电话”：评审工作簿是“${first!.phone}”，后来填报“13900009999”（记在批注里）`,
    ]);
    const after = copy(books);
    const row = experts(after.review)[0]!;
    expect(row).toMatchObject({ 联系电话: first!.phone, 邮箱: "zj1@example.org" });
    expect([...sheetNamed(after.review, "专家").notes.values()]).toContain("申报工作簿后来填报：13900009999");
    expect(plan(after).copy).toBeUndefined();
  });

  test.for([
    { name: "", labels: (_: string) => true },
    { name: ", which an earlier version wrote without 两份不一致", labels: (label: string) => label !== "两份不一致" },
  ])("导入记录 forgets the experts and nothing else$name", ({ labels }) => {
    const record = (sheet: string, i: number) => ({ sheet, rowKey: `${sheet}${i}`, occurrence: 1, disputes: `${i}` });
    const importRecord = ["案例", "专家", "案例", "专家", "联络员"].map(record);
    const { sheets } = shared({ importRecord });
    const award = {
      sheets: sheets.map((sheet) =>
        sheet.name === "导入记录"
          ? { ...sheet, rows: sheet.rows.map((row) => row.filter((_, c) => labels(String(sheet.rows[0]?.[c])))) }
          : sheet,
      ),
    };
    const [cleared] = plan(fresh(award)).clear.sheets.filter(({ name }) => name === "导入记录");
    expect(cleared?.edits?.every(({ row, column }) => row >= 3 && column >= 1)).toBe(true);
    const left = rowsOf(clear(fresh(award)).award, "导入记录").filter((row) => row.工作表);
    expect(left).toEqual([0, 2, 4].map((i) => rowsOf(award, "导入记录")[i]));
  });

  test("a shared workbook into which no expert was imported keeps its 导入记录 as it is", () => {
    const award = shared({ importRecord: [{ sheet: "案例", rowKey: "a", occurrence: 1 }] });
    expect(plan(fresh(award)).clear.sheets.map(({ name }) => name)).toEqual(["专家"]);
  });

  test("notes of people go along", () => {
    const before = fresh();
    const noted = applyPatch(before.award, {
      sheets: [{ name: "专家", notes: [{ row: 2, column: 4, text: "下周补交盖章件" }] }],
    });
    const after = clear(copy({ ...before, award: noted }));
    expect(sheetNamed(after.review, "专家").notes.get("2:3")).toBe("下周补交盖章件");
    expect(sheetNamed(after.award, "专家").notes.size).toBe(0);
  });

  test("a row typed between copy and clear is copied first", () => {
    const copied = copy(fresh());
    const last = sheetNamed(copied.award, "专家").rows.length + 1;
    const typed = { ...copied, award: typeCell(copied.award, "专家", last, 3, "新来者") };
    expect(plan(typed)).toMatchObject({ added: 1 });
    expect(plan(typed).copy).toBeDefined();
  });
});

describe("the review after the move", () => {
  test("assigns as before it", () => {
    const before = fresh();
    const after = clear(copy(before));
    const assign = (award: WorkbookSnapshot) => planReview(award, blankReviewSnapshot(notice), notice).result;
    expect(assign(withMovedExperts(after.award, after.review))).toEqual(assign(before.award));
    expect(assign(after.award).experts).toEqual([]);
  });

  test("a workbook without moved experts is left as it is", () => {
    const award = shared();
    expect(withMovedExperts(award, emptySnapshot)).toBe(award);
  });
});
