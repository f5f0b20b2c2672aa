import { describe, expect, test } from "vitest";
import { cellsOf, newReview } from "../../src/review/review-desk.ts";
import { computedLabels } from "../../src/shared/shared-desk.ts";
import { assign, type LocalAward, runReview } from "./local-award.ts";

const administrator = "admin@example.org";

describe("连接申报工作簿", () => {
  const connect = (made: LocalAward, text: string): string => {
    made.answers.push(text);
    runReview(made, "connectApplication");
    return made.told.at(-1) ?? "";
  };

  test("a wrong address, a file of another kind or without rights: reported, and the old connection stays", () => {
    const made = newReview({}, 8);
    const { google } = made;
    const other = google.addSpreadsheet("通讯录", administrator, {
      sheets: [{ name: "通讯录", createBefore: null, edits: [{ row: 1, column: 1, value: "姓名" }] }],
    });
    const foreign = google.addSpreadsheet("别人的", "owner@example.org", {
      sheets: [{ name: "甲", createBefore: null }],
    });
    const picture = google.addFile("图.png", administrator, Uint8Array.of(1, 2, 3), "image/png");
    expect(connect(made, "")).toContain("没有填网址");
    expect(connect(made, "https://example.org/别处")).toContain("打不开这个工作簿");
    expect(connect(made, foreign)).toContain("打不开这个工作簿");
    expect(connect(made, picture)).toContain("打不开这个工作簿");
    expect(connect(made, made.review)).toContain("评审工作簿自己的网址");
    expect(connect(made, other)).toMatch(/工作簿里没有“参数”表|没有“.*”表/);
    runReview(made, "assignExperts");
    assign(made);
    expect(cellsOf(made, made.review, "分派")).toHaveLength(25);
  });

  test("a workbook that may only be viewed is read; what would write to it is reported", () => {
    const made = newReview({}, 8);
    const { google } = made;
    const seen = google.addSpreadsheet("只能看", "owner@example.org", google.contentOf(made.shared));
    google.share(seen, administrator, "view");
    expect(connect(made, seen)).toContain("已连接“只能看”");
    const before = google.snapshotOf(seen);
    runReview(made, "takeOverExperts");
    expect(made.told.at(-1)).toMatch(/不能改/);
    expect(google.snapshotOf(seen)).toEqual(before);
  });
});

describe("导入文件", () => {
  const importFile = (made: LocalAward, id: string): string => {
    made.answers.push(id);
    runReview(made, "importDriveFile");
    return made.told.at(-1) ?? "";
  };
  const header = "推荐单位,案例编号,案例名称,领域,赛道,学段,关键词";
  const table = `${header}\r\n兴庆区教育局,U1,“双减”下的课堂,教学革新,城市,小学,作业、课堂、评价\r\n`;
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const utf16 = (text: string, big: boolean, mark: boolean) => {
    const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
    return Uint8Array.from(big ? bytes.swap16() : bytes);
  };
  /** 兴庆区教育局 in GB18030. */
  const bureau = [0xd0, 0xcb, 0xc7, 0xec, 0xc7, 0xf8, 0xbd, 0xcc, 0xd3, 0xfd, 0xbe, 0xd6];

  test.for<{ what: string; name?: string; type?: string; bytes: Uint8Array; told: RegExp }>([
    { what: "an empty file", bytes: Uint8Array.of(), told: /没有可以收下的内容/ },
    { what: "blank lines", bytes: utf8("\r\n\r\n"), told: /没有可以收下的内容/ },
    { what: "a header alone", bytes: utf8(`${header}\r\n`), told: /没有可以收下的内容/ },
    { what: "another table", bytes: utf8("日期,天气\r\n周一,晴\r\n"), told: /没有可以收下的内容/ },
    {
      what: "bytes of no encoding",
      bytes: Uint8Array.of(...bureau, 0x2c, 0xff, 0xff, 0x0a),
      told: /无法识别.*CSV UTF-8/,
    },
    { what: "a picture named .csv", bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13), told: /无法识别/ },
    { what: "an open quotation mark", bytes: utf8(`${header}\r\n兴庆区教育局,U1,"没有收尾\r\n`), told: /双引号不成对/ },
    {
      what: "a .docx",
      name: "说明.docx",
      type: "application/msword",
      bytes: Uint8Array.of(1),
      told: /不是谷歌表格，也不是 CSV/,
    },
    {
      what: "an .xlsx",
      name: "表.xlsx",
      type: "application/vnd.openxmlformats",
      bytes: Uint8Array.of(0x50, 0x4b),
      told: /Google 表格/,
    },
  ])("$what: reported, nothing written", ({ name = "导出.csv", type = "text/csv", bytes, told }) => {
    const made = newReview({}, 8);
    const before = made.google.snapshotOf(made.shared);
    const id = made.google.addFile(name, administrator, bytes, type);
    const said = importFile(made, id);
    expect(said).toMatch(told);
    expect(said).not.toContain("没有做完");
    expect(made.google.snapshotOf(made.shared)).toEqual(before);
  });

  test.for([
    { what: "UTF-8", bytes: utf8(table) },
    { what: "UTF-8 with a mark", bytes: utf8(`\ufeff${table}`) },
    { what: "UTF-16, low byte first", bytes: utf16(table, false, true) },
    { what: "UTF-16, high byte first", bytes: utf16(table, true, true) },
    { what: "UTF-16 without a mark", bytes: utf16(table, false, false) },
  ])("$what is read to the letter", ({ bytes }) => {
    const made = newReview({}, 8);
    expect(importFile(made, made.google.addFile("导出.csv", administrator, bytes, "text/csv"))).toContain("已导入");
    const row = cellsOf(made, made.shared, "案例").find((cells) => cells.includes("U1"));
    expect(row).toEqual(expect.arrayContaining(["“双减”下的课堂", "兴庆区教育局", "作业、课堂、评价"]));
  });

  test("titles that a spreadsheet would run or change are kept as they are", () => {
    const titles = [
      "=1+1",
      '=HYPERLINK("http://x.example","x")',
      "+86 的实践",
      "-1 到 1",
      "@全体",
      "'引号",
      "2025-01-01",
      "007",
    ];
    const quoted = titles.map(
      (title, i) => `兴庆区教育局,U${i},"${title.replaceAll('"', '""')}",教学革新,城市,小学,一`,
    );
    const made = newReview({}, 8);
    const bytes = utf8([header, ...quoted].join("\r\n"));
    importFile(made, made.google.addFile("导出.csv", administrator, bytes, "text/csv"));
    const [labels = [], ...rows] = cellsOf(made, made.shared, "案例");
    const [id, title] = [labels.indexOf("案例编号"), labels.indexOf("案例名称")];
    const kept = new Map(rows.map((row) => [row[id], row[title]]));
    expect(titles.map((_, i) => kept.get(`U${i}`))).toEqual(titles);
  });

  test("a file without rights, and an address of nothing: reported", () => {
    const made = newReview({}, 8);
    const foreign = made.google.addFile("导出.csv", "owner@example.org", utf8(table), "text/csv");
    for (const text of [foreign, "https://example.org/x", "没有这个编号"]) {
      expect(importFile(made, text)).toContain("打不开这个文件或文件夹");
    }
    expect(importFile(made, "")).toContain("没有填网址");
  });

  test("the shared workbook itself: nothing of it changes", () => {
    const made = newReview({}, 8);
    const typed = () =>
      ["单位", "案例", "正文", "专家", "联络员"].map((name) => {
        const rows = cellsOf(made, made.shared, name);
        const isTyped = (c: number) => !computedLabels.has(String(rows[0]?.[c]));
        return rows.flatMap((row, r) =>
          row.flatMap((value, c) => (value === null || !isTyped(c) ? [] : [[r, c, value]])),
        );
      });
    const before = typed();
    importFile(made, made.shared);
    expect(typed()).toEqual(before);
  });
});
