import { expect, test } from "vitest";
import type { Pair } from "../../../apps-script/core/review-book/read-review.ts";
import { expertsBySubmission, findOwner } from "../../../apps-script/core/score-sheets/whose-sheet.ts";

const pairs = [
  ["P1", "E001"],
  ["P1", "E002"],
  ["P2", "E001"],
  ["P2", "E003"],
  ["P3", "E002"],
].map(([reviewId, expert]) => ({ reviewId, expert }) as Pair);
const experts = expertsBySubmission(pairs);
const known = new Set(["E001", "E002", "E003"]);

test.for<{
  name: string;
  stored?: string[];
  rows?: string[];
  file?: string;
  expert: string | undefined;
  warning?: string;
}>([
  { name: "the number in it", stored: ["E002"], rows: ["P1"], expert: "E002" },
  { name: "the number in it, and the same in the name", stored: ["E002"], file: "评分表-E002.xlsx", expert: "E002" },
  {
    name: "the number in it, the rows are another's",
    stored: ["E003"],
    rows: ["P1", "P2"],
    expert: "E003",
    warning: "表内专家编号是 E003，但表中的案例都是分给 E001 的；已按 E003 收取，请核对是否发错了表",
  },
  {
    name: "the number in it, another in the name",
    stored: ["E002"],
    file: "评分表-ｅ００３.xlsx",
    expert: "E002",
    warning: "文件名写的是 E003，表内专家编号是 E002；已按表内编号收取",
  },
  {
    name: "no number, rows that one expert alone has",
    rows: ["P1", "P2", "P2", "P9"],
    expert: "E001",
    warning: "表内没有可用的专家编号；已按所评案例认作 E001",
  },
  {
    name: "an unknown number is none",
    stored: ["E999"],
    rows: ["P3"],
    expert: "E002",
    warning: "表内没有可用的专家编号；已按所评案例认作 E002",
  },
  {
    name: "two numbers, rows of one",
    stored: ["E001", "E003"],
    rows: ["P3"],
    file: "E003.xlsx",
    expert: "E002",
    warning: "表内有几个专家编号（E001、E003）；已按所评案例认作 E002",
  },
  {
    name: "rows that two may have, a name",
    rows: ["P1"],
    file: "E003 的评分.xlsx",
    expert: "E003",
    warning: "表内没有可用的专家编号；已按文件名认作 E003",
  },
  { name: "a name that nobody has", rows: ["P1"], file: "E999.xlsx", expert: undefined },
  { name: "nothing at all", expert: undefined },
  { name: "two numbers alone", stored: ["E001", "E002"], expert: undefined },
])("$name", ({ stored = [], rows = [], file = "评分.xlsx", expert, warning }) =>
  expect(findOwner(stored, rows, file, experts, known)).toEqual({
    expert,
    ...(warning === undefined ? {} : { warning }),
  }),
);
