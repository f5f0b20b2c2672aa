import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSheet, runJson } from "../run-casebook.ts";
import { checkCase, type OpenCase, openCase, typeInto } from "./open-case.ts";

interface PassedOver {
  readonly code: string;
  readonly severity: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly id: string;
  readonly message: string;
}

async function findingsOf({ file }: OpenCase): Promise<PassedOver[]> {
  return (await runJson("check", file)).json.findings;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

describe("radicals out of PDF files", () => {
  const findings = once(async () => findingsOf(await openCase("kangxi")));

  test.for([
    { code: "SUB-NOMINATOR", ids: [] },
    { code: "SUB-VALUE", ids: [] },
    { code: "AUTHOR-FIRST-LIMIT", ids: ["C0005", "C0006"] },
    { code: "AUTHOR-TOTAL-LIMIT", ids: ["C0007", "C0008", "C0009", "C0010"] },
    { code: "ANON-UNIT", ids: ["C0011"] },
    { code: "ANON-REGION", ids: ["C0011"] },
    { code: "SUB-TITLE-DUPLICATE", ids: ["C0012", "C0013"] },
    { code: "SUB-KEYWORDS", ids: ["C0014"] },
    { code: "DATA-LOOK-ALIKE", ids: [] },
  ])("$code: $ids", async ({ code, ids }) => {
    const found = await findings();
    expect(found.filter((f) => f.code === code).map((f) => f.id)).toEqual(ids);
  });

  test("the message names the characters", async () =>
    expect((await findings()).find((f) => f.code === "ANON-REGION")?.message).toContain(
      "“⻄”（U+2EC4）即“西”（U+897F）",
    ));

  test("import writes the standard characters and reports what was there", async () => {
    const opened = await openCase("kangxi");
    const found = await findingsOf(opened);
    const { rows } = await readSheet(opened.file, "案例");
    const [header, ...records] = rows;
    const cells = (label: string) => records.map((row) => row[header!.indexOf(label)]);
    expect(cells("推荐单位").slice(0, 2)).toEqual(["西吉县教育局", "西吉县教育局"]);
    expect([cells("学段")[1], cells("领域")[2], cells("第一作者")[4], cells("案例名称")[11]]).toEqual([
      "小学",
      "教学革新",
      "王一文",
      "数字化教研方法",
    ]);
    expect(found.filter((f) => f.code === "DATA-CLEANED" && f.column === "第一作者").map((f) => f.message)).toEqual([
      expect.stringContaining("“王⼀⽂”改为“王一文”（“⼀”（U+2F00）即“一”（U+4E00）、“⽂”（U+2F42）即“文”（U+6587））"),
    ]);
    const again = await runJson("import", opened.file, join(import.meta.dirname, "../../fixtures/cases/kangxi"));
    expect(again.json.inputs.map((i: { added: number; updated: number }) => [i.added, i.updated])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

test("what is typed into the workbook is read all the same", async () => {
  const opened = await openCase("kangxi");
  await typeInto(opened.file, "案例", [
    [2, "学段", "⼩學"],
    [3, "领域", "教學革新"],
    [4, "推荐", "\ufe0f是"],
    [5, "状态", "取消資格"],
    [6, "视频字幕", "⽆"],
    [7, "推荐单位", "⻄吉縣教育局"],
  ]);
  expect(await checkCase(opened, "SUB-VALUE", "SUB-NOMINATOR", "SUB-TRACK", "VIDEO-SUBTITLES")).toEqual([
    "VIDEO-SUBTITLES error 案例!6 视频字幕",
  ]);
  expect(await checkCase(opened, "DATA-LOOK-ALIKE")).toEqual([
    "DATA-LOOK-ALIKE info 案例!2 学段",
    "DATA-LOOK-ALIKE info 案例!6 视频字幕",
    "DATA-LOOK-ALIKE info 案例!7 推荐单位",
  ]);
});

test("a text copied out of a PDF file is the text", async () => {
  const opened = await openCase("duplicate-kangxi");
  expect(await checkCase(opened, "TEXT-DUPLICATE")).toEqual(
    [2, 3, 4].map((row) => `TEXT-DUPLICATE warning 正文!${row} 案例编号`),
  );
});

describe("names in whatever spelling", () => {
  const findings = once(async () => (await findingsOf(await openCase("names"))).filter((f) => f.code === "ANON-NAME"));

  test.for([
    ["C0001", "【⽅⽂⼭】", "“⽅”（U+2F45）即“方”"],
    ["C0002", "【金一龙】", ""],
    ["C0003", "【买买提.艾力】", ""],
    ["C0004", "【买买提．艾力】", ""],
    ["C0005", "【买买提‧艾力】", ""],
    ["C0006", "【买买提ꞏ艾力】", ""],
    ["C0007", "【买买提․艾力】", ""],
    ["C0008", "【买买提⸱艾力】", ""],
    ["C0009", "【买买提·艾力】", ""],
    ["C0010", "【买买提-艾力】", ""],
    ["C0011", "【买买提—艾力】", ""],
    ["C0012", "【买买提•艾力】", ""],
    ["C0014", "【买买提艾力】", ""],
    ["C0015", "【马哈三】", ""],
    ["C0016", "【葛仁山】", ""],
    ["C0017", "【葛仁山】", ""],
    ["C0018", "【葛仁山】", ""],
    ["C0019", "【𠮷田明】", ""],
    ["C0020", "【𠮷明】", ""],
    ["C0022", "【張龍華】", "“張”（U+5F35）即“张”"],
    ["C0023", "【呂溫之】", "“呂”（U+5442）即“吕”"],
    ["C0029", "【欧阳 明】", ""],
    ["C0031", "【李 雷】", ""],
    ["C0032", "【李雷】 老 师", ""],
    ["C0038", "【lilei】", ""],
    ["C0039", "【José】", ""],
  ] as const)("%s %s", async ([id, quoted, note]) => {
    const [finding] = (await findings()).filter((f) => f.id === id);
    expect(finding).toMatchObject({ severity: "error", sheet: "正文" });
    expect(finding?.message.normalize("NFC")).toContain(quoted.normalize("NFC"));
    expect(finding?.message).toContain(note);
  });

  test("a bare name of two characters in running text is a warning", async () =>
    expect((await findings()).filter((f) => f.severity === "warning").map((f) => f.id)).toContain("C0021"));
});
