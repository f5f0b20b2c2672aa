import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refoldRowKey } from "../../../apps-script/core/award/row-key.ts";
import {
  expertsSheet,
  liaisonsSheet,
  submissionsSheet,
  unitsSheet,
} from "../../../apps-script/core/schema/application.ts";
import {
  accountKey,
  cleanCode,
  identifierKey,
  nameAndPhoneKey,
  nameAndUnitKey,
  personNameKey,
  submissionKey,
  titleKey,
} from "../../../apps-script/core/text/identity.ts";

/** A thousand different numbers as platforms, bureaus and people write them. */
function realLookingIds(): string[] {
  const ids = new Set<string>();
  const add = (id: string) => ids.add(id);
  for (let n = 1; n <= 50; n++) {
    const padded = String(n).padStart(3, "0");
    for (const id of [
      `${n}`,
      padded,
      `NX-${padded}`,
      `NX${padded}`,
      `NX_${padded}`,
      `NX/${padded}`,
      `NX.${padded}`,
      `NX(${n})`,
      `NX[${n}]`,
      `2025-${n}`,
      `${n}-2025`,
      `2025-${padded}`,
      `2025/${n}`,
      `2025.${n}`,
      `2025${padded}`,
      `教学-${n}`,
      `教研〔2025〕${n}号`,
      `A-${n}`,
      `B-${n}`,
      `${n}-A`,
      `${n}A`,
      `${n}#`,
      `+${n}`,
      `640104-${n}`,
    ])
      add(id);
    for (const m of [1, 2, 11]) add(`${m}-${n}`);
  }
  return [...ids].slice(0, 1000);
}

const ids = realLookingIds();
const fullWidth = (text: string) =>
  [...text].map((c) => (c > " " && c <= "~" ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join("");

describe("identifierKey", () => {
  test("no two of a thousand real-looking numbers meet, alone or within a unit", () => {
    expect(ids).toHaveLength(1000);
    expect(new Set(ids.map(identifierKey)).size).toBe(1000);
    expect(new Set(ids.map((id) => submissionKey("兴庆区教育局", id))).size).toBe(1000);
    expect(new Set(ids.map(accountKey)).size).toBe(1000);
  });

  test("one number in another width, case, dash, with spaces and what cannot be seen is that number", () => {
    const spelling = fc.record({
      wide: fc.boolean(),
      upper: fc.boolean(),
      dash: fc.constantFrom("-", "‐", "‑", "–", "—", "——", "―", "−", "－", "﹣", "⸺", "─"),
      hidden: fc.constantFrom("", " ", "\u3000", "\u200b", "\ufeff", "\u00ad", "\n"),
      at: fc.nat(12),
    });
    fc.assert(
      fc.property(fc.constantFrom(...ids), spelling, (id, { wide, upper, dash, hidden, at }) => {
        const cased = upper ? id.toUpperCase() : id.toLowerCase();
        const typed = (wide ? fullWidth(cased) : cased).replace(/[-－]/g, dash);
        expect(identifierKey(typed.slice(0, at) + hidden + typed.slice(at))).toBe(identifierKey(id));
      }),
      { numRuns: 2000 },
    );
  });

  test("a key is its own key", () => {
    for (const id of ids) expect(identifierKey(identifierKey(id))).toBe(identifierKey(id));
  });
});

test.for([
  ["1-11", "11-1", false],
  ["NX-001", "nx—001", true],
  ["zhang_san", "zhangsan", false],
  ["zhang.san", "ZHANG.SAN", true],
  ["zhаng", "zhang", true],
  ["⽅001", "方001", true],
  ["興慶001", "兴庆001", true],
  ["O01", "001", false],
] as const)("accounts %s and %s are one: %s", ([a, b, same]) => expect(accountKey(a) === accountKey(b)).toBe(same));

test.for([
  { name: "a title in other marks", a: titleKey("“双师”课堂：探索"), b: titleKey("双师课堂 探索"), same: true },
  { name: "a name with a space", a: personNameKey("张 三"), b: personNameKey("张三"), same: true },
  { name: "namesakes of two units", a: nameAndUnitKey("张三", "一中"), b: nameAndUnitKey("张三", "二中"), same: false },
  {
    name: "one phone in two spellings",
    a: nameAndPhoneKey("张三", "138 0951 0001"),
    b: nameAndPhoneKey("张三", "+86 138-0951-0001"),
    same: true,
  },
  { name: "an expert's number", a: cleanCode("ｅ００１"), b: "E001", same: true },
])("$name: one is $same", ({ a, b, same }) => expect(a === b).toBe(same));

test.for([
  { sheet: submissionsSheet, was: "兴庆区教育局|NX－001", is: "兴庆区教育局|nx-001" },
  { sheet: expertsSheet, was: "兴庆区教育局|nx_001|小学", is: "兴庆区教育局|nx_001|小学" },
  { sheet: expertsSheet, was: "兴庆区教育局|a_b/c—1|小学", is: "兴庆区教育局|a_b/c-1|小学" },
  { sheet: expertsSheet, was: "兴庆区教育局|张三/13800000001|小学", is: "兴庆区教育局|张三/13800000001|小学" },
  { sheet: liaisonsSheet, was: "兴庆区教育局|李四", is: "兴庆区教育局|李四" },
  { sheet: unitsSheet, was: "640104", is: "640104" },
])("导入记录 of an earlier version: $was is now $is", ({ sheet, was, is }) => {
  expect(refoldRowKey(sheet, was)).toBe(is);
  expect(refoldRowKey(sheet, is)).toBe(is);
});

test.for<{ name: string; a: [string, string]; b: [string, string]; same: boolean }>([
  { name: "spellings of one unit", a: ["兴庆区教育局", "A1"], b: [" 兴庆区 教育局", "a1"], same: true },
  { name: "two units", a: ["兴庆区教育局", "A1"], b: ["同心县教育局", "A1"], same: false },
  { name: "letters between unit and number", a: ["某校", "A1"], b: ["某校A", "1"], same: false },
])("the key of a submission, $name: $same", ({ a, b, same }) => {
  expect(submissionKey(...a) === submissionKey(...b)).toBe(same);
});
