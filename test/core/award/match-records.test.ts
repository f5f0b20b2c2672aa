import { describe, expect, test } from "vitest";
import { matchRecords, pairUp } from "../../../apps-script/core/award/match-records.ts";
import { rowKeyOf } from "../../../apps-script/core/award/row-key.ts";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { fingerprintOf } from "../../../apps-script/core/workbook/fingerprint.ts";

type Cells = Readonly<Record<string, string>>;
const row = (number: number, cells: Cells) => ({
  row: number,
  raw: (key: string) => cells[key] ?? null,
  text: (key: string) => cells[key] ?? "",
});
const record = (cells: Cells) => ({
  rowKey: rowKeyOf(submissionsSheet, (key) => cells[key] ?? ""),
  fingerprints: new Map(Object.entries(cells).map(([key, text]) => [key, fingerprintOf(text)])),
});
const submission = (id: string, more: Cells = {}): Cells => ({
  ...{ id, nominator: "兴庆区教育局", title: `课堂${id}`, field: "教学革新", phone: `139${id}` },
  ...more,
});
const match = (rows: readonly Cells[], records: readonly Cells[]) => {
  const remembered = records.map(record);
  const found = matchRecords(
    submissionsSheet,
    rows.map((cells, i) => row(i + 2, cells)),
    remembered,
  );
  return remembered.map((each) => found.get(each)?.row);
};

describe("the row of a remembered import", () => {
  const [one, two] = [submission("A1"), submission("A2")];
  test.for<{ name: string; rows: readonly Cells[]; records: readonly Cells[]; found: readonly (number | undefined)[] }>(
    [
      { name: "by its key, in any order", rows: [two, one], records: [one, two], found: [3, 2] },
      { name: "a row that was deleted has none", rows: [two], records: [one, two], found: [undefined, 2] },
      {
        name: "its number corrected: by most of its other cells",
        rows: [submission("B7", { title: "课堂A1", phone: "139A1" }), two],
        records: [one, two],
        found: [2, 3],
      },
      { name: "its unit corrected", rows: [{ ...one, nominator: "同心县教育局" }], records: [one], found: [2] },
      {
        name: "half of the cells are not most",
        rows: [{ ...submission("B7"), field: "教学革新", title: "课堂A1" }].map((each) => ({
          ...each,
          nominator: "同心县教育局",
        })),
        records: [one],
        found: [undefined],
      },
      {
        name: "a copy made by hand is not taken for it",
        rows: [one, { ...one, id: "A9" }],
        records: [one],
        found: [2],
      },
      {
        name: "of two of one key the likest",
        rows: [submission("A1", { title: "二" }), one],
        records: [one, submission("A1", { title: "二" })],
        found: [3, 2],
      },
      {
        name: "of two lost, the fuller match",
        rows: [submission("B1", { title: "课堂A1" }), submission("B2", { title: "课堂A1", phone: "139A1" })],
        records: [one],
        found: [3],
      },
    ],
  )("$name", ({ rows, records, found }) => expect(match(rows, records)).toEqual(found));

  test("a value that stands in more than twenty rows tells no row from another", () => {
    const alike = (count: number) =>
      Array.from({ length: count }, (_, i) => submission(`B${i}`, { phone: "139A1", title: "课堂A1" }));
    expect(match(alike(20), [submission("A1")])).toEqual([2]);
    expect(match(alike(21), [submission("A1")])).toEqual([undefined]);
  });
});

test("pairs are made by likeness, each once, equal ones in order", () => {
  const likeness = (a: number, b: number) => -Math.abs(a - b);
  expect(pairUp([1, 5], [5, 2], likeness)).toEqual([
    [5, 5],
    [1, 2],
  ]);
  expect(pairUp([1, 2], [9], likeness)).toEqual([[2, 9]]);
  expect(pairUp([3, 3], [3, 3], () => 1)).toEqual([
    [3, 3],
    [3, 3],
  ]);
  expect(pairUp(["a", "b"], ["x", "y"], () => 1)).toEqual([
    ["a", "x"],
    ["b", "y"],
  ]);
  expect(pairUp([1], [9], likeness)).toEqual([[1, 9]]);
  expect(pairUp([], [9], likeness)).toEqual([]);
});
