import { describe, expect, test } from "vitest";
import { runCasebook, runJson } from "../run-casebook.ts";
import { checkCase, openCase, typeInto } from "./open-case.ts";

const timeout = 120_000;

async function tryAssigning(name: string) {
  const opened = await openCase(name);
  const { json } = await runJson("assign", opened.file, "--reviews", "1", "--dry-run");
  return { opened, pairs: json.pairs, reason: String(json.unfilled[0]?.reason), suspected: json.suspected };
}

describe("an expert gets no case of their own, however names and schools are written", () => {
  test.for([
    { name: "conflict-04", is: "疑似同名", told: ["作者“齐某”与专家 E001 齐某（中宁县一中）"] },
    { name: "conflict-05", is: "本人是该案例作者", told: [] },
    { name: "conflict-06", is: "疑似同名", told: ["作者“齐某”（中宁县第一中学）与专家 E001 齐某（中宁县一中）"] },
    { name: "conflict-08", is: "疑似同名", told: ["作者“齐某”（中宁一中）与专家 E001 齐某（中宁县第一中学）"] },
    { name: "conflict-10", is: "疑似同校", told: ["“兴庆区第三小学”", "“兴庆三小”"] },
    { name: "conflict-11", is: "疑似同校", told: ["“兴庆区第三小学（东校区）”", "“兴庆区第三小学”"] },
    { name: "conflict-12", is: "本人单位与作者单位相同", told: [] },
    { name: "conflict-13", is: "疑似同校", told: ["“兴庆区第3小学”", "“兴庆区第三小学”"] },
    { name: "ditto-expert", is: "本人单位与作者单位相同 2 名", told: [] },
  ])("$name: $is", { timeout }, async ({ name, is, told }) => {
    const { pairs, reason, suspected } = await tryAssigning(name);
    expect(pairs).toEqual([]);
    for (const each of [is, ...told]) expect(reason).toContain(each);
    const doubts = is.startsWith("疑似") ? 1 : 0;
    expect(suspected).toMatchObject({
      pairs: Array.from({ length: doubts }, () => ({ expert: "E001" })),
      missing: doubts,
    });
  });
});

describe("a superior unit that no cell names", () => {
  test.for([{ name: "hierarchy-no-alias" }, { name: "hierarchy-typo" }])("$name", { timeout }, async ({ name }) => {
    const { opened, pairs, reason } = await tryAssigning(name);
    expect(pairs).toEqual([]);
    expect(reason).toContain("推荐单位为上下级");
    expect(await checkCase(opened, "UNIT-PARENT")).toEqual([]);
    await typeInto(opened.file, "单位", [[2, "上级单位", "银州市"]]);
    expect(await checkCase(opened, "UNIT-PARENT")).toEqual(["UNIT-PARENT warning 单位!2 上级单位"]);
  });
});

test("false-conflict-warning: a school is a declaration, and it is obeyed", { timeout }, async () => {
  const opened = await openCase("false-conflict-warning");
  expect(await checkCase(opened, "EXPERT-CONFLICT")).toEqual([]);
  await typeInto(opened.file, "案例", [[2, "推荐", "是"]]);
  await typeInto(opened.file, "案例", [[2, "推荐日期", "2025-10-20"]]);
  const { json } = await runJson("assign", opened.file, "--reviews", "1", "--dry-run");
  expect(json.pairs).toEqual([]);
  expect(json.unfilled).toEqual([expect.objectContaining({ reason: expect.stringContaining("本人声明回避 1 名") })]);
});

test("conflict-10: the console shows the pair and the cost; 不回避 lets it pass, and 日志 says so", {
  timeout,
}, async () => {
  const { file, review } = await openCase("conflict-10");
  const first = await runCasebook("assign", file, "--reviews", "1");
  expect(first.out).toMatch(/疑似回避：有疑点的 1 对.*因此少了 1 人次评审.*不回避/);
  expect(first.out).toContain("C0019 × E001：疑似同校");
  await typeInto(review, "评审专家", [[2, "不回避", "c0019"]]);
  const { json } = await runJson("assign", file, "--reviews", "1");
  expect(json.pairs).toEqual([{ submission: "C0019", expert: "E001" }]);
  expect(json.suspected).toMatchObject({ pairs: [], cleared: [{ submission: "C0019", expert: "E001" }], missing: 0 });
  const { json: replayed } = await runJson("replay", file);
  expect(replayed.steps.map((step: { same: boolean }) => step.same)).not.toContain(false);
});
