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

/** An empty text is an empty cell. */
const experts = (snapshot: WorkbookSnapshot) =>
  rowsOf(snapshot, "专家").map((row) =>
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

  test("notes of people go along", () => {
    const before = fresh();
    const noted = applyPatch(before.award, {
      sheets: [{ name: "专家", notes: [{ row: 2, column: 3, text: "下周补交盖章件" }] }],
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
