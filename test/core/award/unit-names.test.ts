import { describe, expect, test } from "vitest";
import {
  joinUnitNames,
  makeFormerNameFinder,
  onlyUnitNames,
  readUnitNames,
  rememberUnitNames,
  unitNamesMark,
} from "../../../apps-script/core/award/unit-names.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { fingerprintOf } from "../../../apps-script/core/workbook/fingerprint.ts";
import { emptySnapshot } from "../../../apps-script/core/workbook/port.ts";
import { type AwardParts, makeSnapshot, tongxin, xingqing } from "../award-builder.ts";

const bears = (code: string, name: string) => ({ sheet: unitNamesMark, rowKey: code, occurrence: 1, source: name });
const book = (importRecord: NonNullable<AwardParts["importRecord"]>) =>
  makeSnapshot({ units: [xingqing, tongxin], importRecord });
const units = [
  { code: "640104", name: "兴庆区教育局" },
  { code: "ZS01", name: "厅直属第一小学" },
];
const findIn = (...rows: NonNullable<AwardParts["importRecord"]>) => {
  const find = makeFormerNameFinder(book(rows), units);
  return (text: string) => find(text)?.code;
};

describe("the unit that a name meant once", () => {
  test("by the names that 导入记录 remembers, however the code is written", () => {
    const find = findIn(bears("640104", "兴庆区教体局"), bears("zs01", "厅直属实验小学"), bears("999", "没有了的局"));
    expect(find("兴庆区 教体局")).toBe("640104");
    expect(find("厅直属实验小学")).toBe("ZS01");
    expect(find("没有了的局")).toBeUndefined();
    expect(find("别的局")).toBeUndefined();
  });

  test("a name that two units have borne tells none", () => {
    const find = findIn(
      bears("640104", "甲局"),
      bears("ZS01", "甲局"),
      bears("640104", "乙局"),
      bears("640104", "乙局"),
    );
    expect(find("甲局")).toBeUndefined();
    expect(find("乙局")).toBe("640104");
  });

  test("by the digest of the name that the last import wrote", () => {
    const digests = (code: string, parts: string) => ({
      sheet: "单位",
      rowKey: code,
      occurrence: 1,
      fingerprints: `f${parts}`,
    });
    const find = findIn(
      { sheet: "单位", rowKey: "", occurrence: 0, fingerprints: "code name kind" },
      digests("640104", `${fingerprintOf("640104")}${fingerprintOf("兴庆区教体局")}-`),
      digests("zs01", `-${fingerprintOf("厅直属实验小学")}_`),
      digests("640324", `_-${fingerprintOf("教育局")}`),
    );
    expect(find("兴庆区教体局")).toBe("640104");
    expect(find("厅直属实验小学")).toBe("ZS01");
    expect(find("教育局")).toBeUndefined();
    expect(find("640104")).toBeUndefined();
  });
});

describe("names that units bear", () => {
  test("each once, in an order of their own, none of nothing", () => {
    const name = (code: string, text: string) => ({ code, name: text });
    expect(
      joinUnitNames(
        [name("b", "乙"), name("", "无码"), name("c", " ")],
        [name("a", "甲"), name("B", "乙 "), name("b", "丙")],
      ),
    ).toEqual([name("a", "甲"), name("b", "丙"), name("b", "乙")]);
  });

  test("are remembered below what is there, and not twice", () => {
    const before = book([bears("640104", "兴庆区教育局")]);
    const [patch] = rememberUnitNames(before, units);
    const after = applyPatch(before, { sheets: patch ? [patch] : [] });
    expect(readUnitNames(after)).toEqual([
      { code: "640104", name: "兴庆区教育局" },
      { code: "zs01", name: "厅直属第一小学" },
    ]);
    expect(rememberUnitNames(after, units)).toEqual([]);
    expect(rememberUnitNames(emptySnapshot, units)).toEqual([]);
    expect(readUnitNames(emptySnapshot)).toEqual([]);
  });

  test("alone are what is left of 导入记录 for the archive", () => {
    const record = book([
      bears("640104", "甲局"),
      { sheet: "案例", rowKey: "x", occurrence: 1 },
      { sheet: "单位", rowKey: "640104", occurrence: 1 },
    ]);
    expect(onlyUnitNames(record)?.rows.map((row) => row[0])).toEqual([expect.any(String), unitNamesMark, "单位"]);
    expect(onlyUnitNames(emptySnapshot)).toBeUndefined();
  });
});
