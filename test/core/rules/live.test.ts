import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SubmissionKey } from "../../../apps-script/core/award/award.ts";
import { allRules } from "../../../apps-script/core/rules/index.ts";
import { liveCheckSheetLabel } from "../../../apps-script/core/schema/application.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import {
  directSchool,
  makeSnapshot,
  type SubmissionRow,
  tongxin,
  validSubmission,
  xingqing,
} from "../award-builder.ts";
import { anonymityTables } from "./anonymity-tables.ts";
import { authorTables } from "./author-tables.ts";
import { expertTables } from "./expert-tables.ts";
import { leftElsewhere, leftInTables, leftOfProbes, leftUntilLaidAgain } from "./live-leaves.ts";
import { probeName, probeRows, probes, probeUnits } from "./live-probes.ts";
import { faultyRows, judgeBoth, layLiveCheck, liveMessages, wordsOf } from "./live-workbook.ts";
import { quotaTables } from "./quota-tables.ts";
import { submissionTables } from "./submission-tables.ts";
import { textTables } from "./text-tables.ts";
import { unitAndValueTables } from "./unit-and-value-tables.ts";
import { videoTables } from "./video-tables.ts";

const tables = [
  ...submissionTables,
  ...textTables,
  ...videoTables,
  ...authorTables,
  ...anonymityTables,
  ...quotaTables,
  ...expertTables,
  ...unitAndValueTables,
];

const cases = tables.flatMap(({ code, cases }) => cases.map((each) => ({ ...each, name: `${code}: ${each.name}` })));

/** Cases of rows alone stand together in one workbook; those of other sheets, settings and quotas have one each. */
const isOfRows = ({ name, parts }: (typeof cases)[number]) =>
  !name.startsWith("QUOTA-") &&
  Object.keys(parts).every((key) => key === "submissions" || key === "units") &&
  (parts.submissions?.length ?? 0) > 0;

/** Accounts, numbers and units that are a case's own, alike where they were alike. */
function setApart(row: SubmissionRow, n: number): SubmissionRow {
  const entries = Object.entries(row).map(([key, value]): [string, CellValue] => {
    if (typeof value !== "string") return [key, value];
    if (/account|^id$/.test(key) && /^\s*[a-zａ-ｚＡ-Ｚ].*[\d０-９]$/i.test(value)) return [key, `${value}k${n}`];
    if (/author\d\.unit/.test(key) && value.length > 4) return [key, `${value.slice(0, 3)}${n}${value.slice(3)}`];
    if (key === "title" && value.length > 4) return [key, `${value}${n}`];
    return [key, value];
  });
  return Object.fromEntries(entries) as Partial<Record<SubmissionKey, CellValue>>;
}

interface Judgement {
  readonly falseAlarms: string[];
  readonly silent: string[];
}

function compare(snapshot: ReturnType<typeof makeSnapshot>, nameOf: (row: number) => string, known = true): Judgement {
  const { checked, live } = judgeBoth(snapshot, known);
  const told = (finding: string) => {
    const [code = "", row] = finding.split(" ");
    return `${code} | ${nameOf(Number(row))}`;
  };
  return {
    falseAlarms: [...live].filter((finding) => !checked.has(finding)).map(told),
    silent: [...new Set([...checked].filter((finding) => !live.has(finding)).map(told))],
  };
}

const tableOf = (name: string) => allRules.find(({ code }) => code === name.slice(0, name.indexOf(":")));

describe("即时检查 says of the cases of the tables what the rules say", () => {
  test("of rows of 案例", () => {
    const rows = cases
      .filter(isOfRows)
      .flatMap(({ parts, name }, n) => (parts.submissions ?? []).map((row) => ({ name, row: setApart(row, n) })));
    const snapshot = makeSnapshot({
      units: [xingqing, tongxin, directSchool],
      submissions: rows.map(({ row }, i) => ({ ...validSubmission(i), ...row })),
    });
    const { falseAlarms, silent } = compare(snapshot, (row) => rows[row - 2]?.name ?? "");
    expect(falseAlarms).toEqual([]);
    expect(silent).toEqual(leftInTables);
  });

  test("of other sheets, settings and quotas", () => {
    const own = cases.filter(
      (each) =>
        !isOfRows(each) &&
        typeof tableOf(each.name)?.live !== "string" &&
        Object.keys(each.parts).some((key) => key === "submissions" || key === "texts" || key === "settings"),
    );
    const judged = own.map(({ parts, name }) => compare(makeSnapshot(parts), () => name));
    expect(judged.flatMap(({ falseAlarms }) => falseAlarms)).toEqual([]);
    expect(judged.flatMap(({ silent }) => silent)).toEqual(leftElsewhere);
  });
});

test("a verdict begins with how many errors and reminders it names, or is a tick", () => {
  const laid = layLiveCheck(
    makeSnapshot({ submissions: [{}, { videoBrand: null }, { keywords: "一课", videoBrand: null }, ...faultyRows] }),
  );
  const seen = new Set<string>();
  for (const verdict of liveMessages(laid).values()) {
    const [errors = "", reminders = ""] = verdict === "✓" ? [] : wordsOf(verdict).split(/；?提醒：/);
    const count = (said: string, unit: string) => (said === "" ? [] : [`${said.split("；").length} ${unit}`]);
    const counts = [...count(errors, "错"), ...count(reminders, "提醒")];
    expect(verdict.split(/[　：]/)[0]).toBe(counts.length === 0 ? "✓" : counts.join(" "));
    seen.add(counts.map((each) => each.replace(/[0-9]+ /, "")).join(" "));
  }
  expect([...seen].sort()).toEqual(["", "提醒", "错", "错 提醒"]);
});

test("where columns of a large award stand on a second sheet, every message is the same", () => {
  const people = Array.from({ length: 40 }, (_, i) => ({
    id: `B9${i}`,
    "author1.account": i % 3 === 0 ? "nx2025led" : null,
  }));
  const snapshot = makeSnapshot({ units: probeUnits, submissions: [...faultyRows, ...people] });
  const one = layLiveCheck(snapshot);
  const two = layLiveCheck(snapshot, true, undefined, 0);
  const heights = (laid: typeof one) =>
    laid.sheets
      .filter(({ hidden, name }) => hidden && name.startsWith(liveCheckSheetLabel))
      .map(({ rows }) => rows.length);
  const [whole = 0] = heights(one);
  const [usual = 0, long = 0] = heights(two);
  expect(heights(one)).toHaveLength(1);
  expect(usual).toBeLessThan(whole / 3);
  expect(long).toBe(whole);
  expect(liveMessages(two)).toEqual(liveMessages(one));
  expect([...liveMessages(two).values()].filter((message) => message.includes("错")).length).toBeGreaterThan(10);
});

describe("即时检查 says of what people type what the rules say", () => {
  const snapshot = makeSnapshot({ units: probeUnits, submissions: probeRows });

  test("of values that stood there when it was laid", () => {
    const { falseAlarms, silent } = compare(snapshot, (row) => probeName(row - 2));
    expect(falseAlarms).toEqual([]);
    expect(silent).toEqual(leftOfProbes);
  });

  test("of values that were typed since", () => {
    const { falseAlarms, silent } = compare(snapshot, (row) => probeName(row - 2), false);
    expect(falseAlarms).toEqual([]);
    expect(silent.filter((each) => !leftOfProbes.includes(each))).toEqual(leftUntilLaidAgain);
  });

  test("never more, whatever stands together", () => {
    const values = fc.dictionary(fc.constantFrom(...new Set(probes.map(([key]) => key))), fc.nat(), {
      minKeys: 1,
      maxKeys: 12,
    });
    const row = values.map((picks): SubmissionRow => {
      const entries = Object.entries(picks).map(([key, pick]) => {
        const typed = probes.filter(([own]) => own === key);
        return [key, typed[pick % typed.length]?.[1] ?? null] as const;
      });
      return Object.fromEntries(entries);
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 60, maxLength: 60 }), (rows) => {
        const submissions = rows.map((each, i) => ({ ...validSubmission(i), ...each }));
        const together = makeSnapshot({ units: probeUnits, submissions });
        expect(compare(together, (at) => JSON.stringify(rows[at - 2])).falseAlarms).toEqual([]);
      }),
      { numRuns: 5, seed: 11 },
    );
  });
});
