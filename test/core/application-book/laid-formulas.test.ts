import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import type { CellEdit, SheetSnapshot, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { type Node, parseFormula } from "../../../node-tools/calculator/parse.ts";
import { snapshotSource } from "../../../node-tools/calculator/snapshot-source.ts";
import { directSchool, makeSnapshot, tongxin, xingqing } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import { layLiveCheck } from "../rules/live-workbook.ts";

const filled = makeSnapshot({
  units: [xingqing, tongxin, directSchool],
  submissions: [{}, { recommended: "是" }, { id: "ｘ" }],
});
const refreshed = refreshApplicationLayout(filled, ningxia2025);

const laid: readonly { readonly name: string; readonly patch: WorkbookPatch }[] = [
  { name: "a new workbook", patch: newApplicationWorkbook(ningxia2025) },
  { name: "a workbook with rows", patch: refreshed },
  ...buildUnitForms(filled, ningxia2025).map(({ unit, patch }) => ({ name: `the form of ${unit}`, patch })),
];

interface Laid {
  readonly place: string;
  readonly formula: string;
  /** Rows of the area of an array formula; 1 for a single cell. */
  readonly rows: number;
}

const formulasOf = (patch: WorkbookPatch): Laid[] =>
  patch.sheets.flatMap(({ name, edits = [] }) =>
    edits.flatMap(({ row, column, value }: CellEdit) =>
      typeof value === "object" && value?.kind === "formula"
        ? [
            {
              place: `${name} R${row}C${column}`,
              formula: value.formula,
              rows: value.array ? value.array.bottom - value.array.top + 1 : 1,
            },
          ]
        : [],
    ),
  );

const read = (formula: string): Node => {
  const node = parseFormula(formula);
  if (!node) throw new Error(`unreadable: ${formula}`);
  return node;
};

/** Which arguments a function takes as wholes, whose heights must be the same one; the others go element by element. */
const wholes: Readonly<Record<string, readonly (readonly number[])[]>> = {
  COUNT: [[0]],
  COUNTA: [],
  SUM: [[0]],
  SUMPRODUCT: [[0]],
  COUNTIF: [[0]],
  COUNTIFS: [[0, 2]],
  MATCH: [[1]],
  LOOKUP: [[1, 2]],
  INDEX: [[0]],
};

/** Rows of what a formula gives, where every operation meets operands of one height (or of a single value). */
function heightOf(node: Node): number {
  switch (node.kind) {
    case "reference":
      return (node.to.row ?? 0) - (node.from.row ?? 0) + 1;
    case "array":
      return node.rows.length;
    case "unary":
      return heightOf(node.operand);
    case "binary":
      return common([heightOf(node.left), heightOf(node.right)], node);
    case "call": {
      const heights = node.args.map(heightOf);
      if (node.name === "FREQUENCY") return (heights[1] ?? 0) + 1;
      if (node.name === "ROW") return heights[0] ?? 1;
      const together = node.name === "COUNTA" ? [node.args.map((_, i) => i)] : (wholes[node.name] ?? []);
      for (const group of together)
        common(
          group.flatMap((i) => heights[i] ?? []),
          node,
        );
      return common(
        heights.filter((_, i) => !together.some((group) => group.includes(i))),
        node,
      );
    }
    default:
      return 1;
  }
}

function common(heights: readonly number[], node: Node): number {
  const several = [...new Set(heights.filter((height) => height !== 1))];
  if (several.length > 1)
    throw new Error(`heights ${several.join(", ")} meet in ${JSON.stringify(node).slice(0, 200)}`);
  return several[0] ?? 1;
}

const callsIn = (node: Node): string[] => {
  if (node.kind === "call") return [node.name, ...node.args.flatMap(callsIn)];
  if (node.kind === "binary") return [...callsIn(node.left), ...callsIn(node.right)];
  if (node.kind === "unary") return callsIn(node.operand);
  return node.kind === "array" ? node.rows.flat().flatMap(callsIn) : [];
};

/** Of the functions of Excel 2007, which every program has, those that the formulas use. */
const everywhere = new Set(
  [
    "ABS AND CHAR COUNT COUNTA COUNTIF COUNTIFS DATE DATEVALUE DAY EXACT FIND FREQUENCY IF IFERROR INDEX INT ISBLANK ISERROR",
    "ISNUMBER ISTEXT LEFT LEN LOOKUP LOWER MATCH MAX MID MIN MONTH REPT RIGHT ROUND ROW SUBSTITUTE SUM SUMPRODUCT TEXT",
    "TRIM UPPER VALUE YEAR",
  ].flatMap((line) => line.split(" ")),
);
const probed = ["UNICHAR", "UNICODE"];

describe.for(laid)("of $name", ({ patch }) => {
  const formulas = formulasOf(patch);

  test("every array formula is as high as its area, every other a single value", () => {
    expect(formulas.length).toBeGreaterThan(400);
    expect(wrongHeights(formulas)).toEqual([]);
  });

  test("functions are those that every program has, or are probed", () => {
    const used = new Set(formulas.flatMap(({ formula }) => callsIn(read(formula))));
    expect([...used].filter((name) => !everywhere.has(name)).sort()).toEqual(probed);
  });
});

/** Each formula that is not as high as its area, or has operands of several heights. */
const wrongHeights = (formulas: readonly Laid[]): string[] =>
  formulas.flatMap(({ place, formula, rows }) => {
    const height = heightOf(read(formula));
    return height === rows || height === 1 ? [] : [`${place}: ${height} in ${rows} rows: ${formula.slice(0, 80)}`];
  });

test("operands of two heights are found", () => {
  const formula = (text: string, rows: number) => [{ place: "", formula: text, rows }];
  expect(wrongHeights(formula("A1:A3*B2:B4", 3))).toEqual([]);
  expect(wrongHeights(formula("A1:A3", 4))).toHaveLength(1);
  for (const mixed of ["A1:A3*B1:B4", "SUMPRODUCT((A1:A3>1)*(B1:B4>1))", 'IF(A1:A3="",B1:B4,1)'])
    expect(() => wrongHeights(formula(mixed, 3)), mixed).toThrow("heights 3, 4 meet");
});

test("where long columns stand on a sheet of their own, no formula has operands of several heights either", () => {
  const { sheets } = layLiveCheck(filled, true, { below: 3, least: 1 }, 1);
  expect(sheets.map(({ name }) => name)).toContain("即时计算2");
  const edits = (rows: SheetSnapshot["rows"]) =>
    rows.flatMap((cells, r) => cells.map((value, c) => ({ row: r + 1, column: c + 1, value })));
  const formulas = formulasOf({ sheets: sheets.map(({ name, rows }) => ({ name, edits: edits(rows) })) });
  expect(formulas.filter(({ place }) => place.startsWith("即时计算2")).length).toBeGreaterThan(20);
  expect(wrongHeights(formulas)).toEqual([]);
});

/** Without those of single cells that stand between two of their column: they differ by their row alone. */
const ofEachColumn = (formulas: readonly Laid[]): Laid[] => {
  const columnOf = ({ place }: Laid) => place.replace(/ R\d+C/, " ");
  const [first, last] = [new Map<string, Laid>(), new Map<string, Laid>()];
  for (const each of formulas) {
    if (!first.has(columnOf(each))) first.set(columnOf(each), each);
    last.set(columnOf(each), each);
  }
  return formulas.filter((each) => each.rows > 1 || [first, last].some((some) => some.get(columnOf(each)) === each));
};

// What a program makes of operands of two heights is not documented; Google's own reference says nothing of it.
test("in a workbook of any size, with titles above the headers, no formula has operands of several heights", () => {
  // Below and above what is kept ready in any case.
  const rows = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 190, max: 320 }));
  const titles = fc.integer({ min: 0, max: 2 });
  const sizes = fc.record({
    submissions: rows,
    texts: rows,
    experts: rows,
    liaisons: rows,
    units: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(sizes, fc.array(titles, { minLength: 6, maxLength: 6 }), (size, above) => {
      const some = (count: number) => Array.from({ length: count }, () => ({}));
      const units = Array.from({ length: size.units + 1 }, (_, i) => ({ ...xingqing, code: `${i}`, name: `第${i}局` }));
      const { submissions, texts, experts, liaisons } = size;
      const typed = makeSnapshot({
        units,
        submissions: some(submissions),
        texts: some(texts),
        experts: some(experts),
        liaisons: some(liaisons),
      });
      const sheets = typed.sheets.map((sheet, i) => {
        const title = Array.from({ length: sheet.rows.length > 0 ? (above[i] ?? 0) : 0 }, () => ["标题"]);
        return { ...sheet, rows: [...title, ...sheet.rows] };
      });
      const patches = [
        refreshApplicationLayout({ sheets }, ningxia2025),
        ...buildUnitForms({ sheets }, ningxia2025)
          .slice(0, 1)
          .map(({ patch }) => patch),
      ];
      for (const patch of patches) expect(wrongHeights(ofEachColumn(formulasOf(patch)))).toEqual([]);
    }),
    { numRuns: 5 },
  );
});

test.for(probed)("in a program without %s every filled row says so", (missing) => {
  const book = applyPatch(filled, refreshed);
  const without = () => {
    throw new Error("no such function");
  };
  const calculation = new Calculation(snapshotSource(book), Date.now, { [missing]: without });
  const column = submissionsSheet.columns.findIndex(({ key }) => key === "liveCheck") + 1;
  const messages = [2, 3, 4, 5].map((row) => calculation.valueOf(submissionsSheet.label, row, column));
  const said = `本程序没有函数 ${missing}，即时检查不可靠，请以“检查”的结果为准`;
  expect(messages).toEqual([said, said, said, ""]);
});
