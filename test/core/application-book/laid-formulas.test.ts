import { describe, expect, test } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import type { CellEdit, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { type Node, parseFormula } from "../../../node-tools/calculator/parse.ts";
import { snapshotSource } from "../../../node-tools/calculator/snapshot-source.ts";
import { directSchool, makeSnapshot, tongxin, xingqing } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";

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
    const wrong = formulas.flatMap(({ place, formula, rows }) => {
      const height = heightOf(read(formula));
      return height === rows || height === 1 ? [] : [`${place}: ${height} in ${rows} rows: ${formula.slice(0, 80)}`];
    });
    expect(wrong).toEqual([]);
  });

  test("functions are those that every program has, or are probed", () => {
    const used = new Set(formulas.flatMap(({ formula }) => callsIn(read(formula))));
    expect([...used].filter((name) => !everywhere.has(name)).sort()).toEqual(probed);
  });
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
