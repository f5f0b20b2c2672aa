import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../../../apps-script/core/application-book/unit-form.ts";
import { manualChecksLabel } from "../../../../apps-script/core/evidence/manual-checks.ts";
import { ningxia2025 as notice } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import {
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../../../apps-script/core/schema/application.ts";
import { cancelled, yes } from "../../../../apps-script/core/schema/choices.ts";
import { cellText } from "../../../../apps-script/core/workbook/cell-text.ts";
import type { CellEdit } from "../../../../apps-script/core/workbook/port.ts";
import { renderPatch } from "../../../../node-tools/award-files/render-patch.ts";
import { newWorkbook, readWorkbook } from "../../../../node-tools/office-files/workbook.ts";
import { unzipParts } from "../../../../node-tools/office-files/zip.ts";
import { checkField, type FormChange, papers } from "../../../../node-tools/page/unit/form-protocol.ts";
import {
  changeForm,
  closeForms,
  correctForm,
  makePaper,
  openForm,
  proposeFormCorrections,
  proposeShortlist,
  redoForm,
  saveForms,
  undoForm,
} from "../../../../node-tools/page/unit/unit-desk.ts";
import { runCasebook } from "../../run-casebook.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-unit-desk-"));
const file = join(home, "填报表.xlsx");
/** As the page names its files. */
const path = file.replace(/^\//, "");
let blank: Uint8Array;

beforeAll(() => {
  const book = newWorkbook();
  book.apply(newApplicationWorkbook(notice));
  const values: Readonly<Record<string, string>> = { code: "1", name: "兴庆区教育局", kind: "教育局" };
  const edits = unitsSheet.columns.map(({ key }, i) => ({ row: 2, column: i + 1, value: values[key] ?? null }));
  book.apply({ sheets: [{ name: unitsSheet.label, edits }] });
  blank = renderPatch(buildUnitForms(book.snapshot, notice)[0]!.patch);
});
afterEach(closeForms);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const openBlank = () => {
  closeForms();
  writeFileSync(file, blank);
  return openForm(path);
};
const of = (row: number, values: Readonly<Record<string, string>>, sheet: FormChange["sheet"] = "submissions") =>
  Object.entries(values).map(([field, value]): FormChange => ({ sheet, row, field, value }));
const type = (row: number, values: Readonly<Record<string, string>>, sheet?: FormChange["sheet"]) =>
  changeForm(path, of(row, values, sheet), "修改");

/** Another program changes the file; it is opened anew. */
function typeElsewhere(name: string, edits: readonly CellEdit[]): void {
  saveForms();
  closeForms();
  const book = readWorkbook(file, "edit");
  book.apply({ sheets: [{ name, edits }] });
  writeFileSync(file, book.toBuffer());
  openForm(path);
}

/** Every cell and note of the file, as it would be read again. */
function savedCells(): unknown {
  saveForms();
  return readWorkbook(file, "input").snapshot.sheets.map(({ name, rows, notes }) => ({
    name,
    rows,
    notes: [...notes],
  }));
}
const savedRows = (sheet: string) =>
  readWorkbook(file, "input")
    .snapshot.sheets.find(({ name }) => name === sheet)!
    .rows.map((row) => row.map(cellText));

test("a form that is written between changes is told as one that is opened anew", () => {
  openBlank();
  type(2, { id: "N25001", title: "口算", summary: "第一段", submittedOn: "2025-09-01" });
  saveForms();
  type(2, { summary: "改过的第一段", submittedOn: "2025-09-02" });
  saveForms();
  type(2, { title: "笔算", submittedOn: "不详" });
  type(3, { id: "N25002", title: "阅读", features: "第二段", firstScore: "88" });
  saveForms();
  const known = changeForm(path, [], "修改");
  closeForms();
  const anew = openForm(path);
  expect(known).toEqual({ ...anew, opening: known.opening, undoable: known.undoable });
});

describe("undo and redo", () => {
  const text = fc.constantFrom(
    "",
    "A1",
    "A2",
    "作业、课堂、评价",
    "１３９ ９５１０ ００１１",
    "12",
    "第一段\n第二段",
    "2025-09-01",
  );
  const change: fc.Arbitrary<FormChange> = fc.oneof(
    fc.record({
      sheet: fc.constant("submissions" as const),
      row: fc.integer({ min: 2, max: 5 }),
      field: fc.constantFrom(
        "id",
        "title",
        "keywords",
        "phone",
        "firstScore",
        "submittedOn",
        "summary",
        "process",
        checkField("无政治性、原则性错误"),
      ),
      value: text,
    }),
    fc.record({
      sheet: fc.constantFrom("experts" as const, "liaisons" as const),
      row: fc.integer({ min: 2, max: 4 }),
      field: fc.constantFrom("name", "phone"),
      value: text,
    }),
  );
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => ({ changes })) },
    { weight: 2, arbitrary: fc.constantFrom("undo" as const, "redo" as const, "correct" as const) },
  );
  const carryOut = (step: "undo" | "redo" | "correct" | { readonly changes: readonly FormChange[] }) => {
    if (step === "undo") undoForm(path);
    else if (step === "redo") redoForm(path);
    else if (step === "correct") correctForm(path, proposeFormCorrections(path));
    else
      try {
        changeForm(path, step.changes, "修改");
      } catch {
        // Two cases with one number, a text without one: nothing is written then.
      }
  };

  test("whatever was done, undone all of it leaves every cell and note as it came; redone, as it was", () => {
    openBlank();
    const before = savedCells();
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), (steps) => {
        openBlank();
        for (const step of steps) carryOut(step);
        while (redoForm(path).redoable !== "");
        const after = savedCells();
        let undone = 0;
        for (; openForm(path).undoable !== ""; undone += 1) undoForm(path);
        expect(savedCells()).toEqual(before);
        for (; undone > 0; undone -= 1) redoForm(path);
        expect(savedCells()).toEqual(after);
      }),
      { numRuns: 4 },
    );
  }, 300_000);

  test("names what is taken back and done again", () => {
    openBlank();
    type(2, { id: "A1" });
    expect(type(2, { keywords: "作业、课堂、评价" }).undoable).toBe("修改 A1 的“关键词”");
    expect(type(3, { name: "王老师", phone: "1" }, "experts").undoable).toBe("修改 2 格");
    expect(undoForm(path)).toMatchObject({ undoable: "修改 A1 的“关键词”", redoable: "修改 2 格" });
    expect(type(2, { title: "甲" }).redoable).toBe("");
    expect(type(2, { title: "甲" }).undoable).toBe("修改 A1 的“案例名称”");
  });
});

describe("the notice of the form", () => {
  const formBy = (by: typeof notice, settings: Readonly<Record<string, string>> = {}) => {
    const book = newWorkbook();
    book.apply(newApplicationWorkbook(by));
    const values: Readonly<Record<string, string>> = { code: "1", name: "兴庆区教育局", kind: "教育局" };
    const units = unitsSheet.columns.map(({ key }, i) => ({ row: 2, column: i + 1, value: values[key] ?? null }));
    const rows = book.snapshot.sheets.find(({ name }) => name === settingsSheet.label)?.rows ?? [];
    const changed = Object.entries(settings).map(([item, value]) => ({
      row: rows.findIndex(([first]) => first === item) + 1,
      column: 2,
      value,
    }));
    book.apply({
      sheets: [
        { name: unitsSheet.label, edits: units },
        { name: settingsSheet.label, edits: changed },
      ],
    });
    writeFileSync(file, renderPatch(buildUnitForms(book.snapshot, by)[0]!.patch));
    return openForm(path);
  };
  const windowFindings = (day: string) =>
    type(2, { id: "A2", submittedOn: day }).cases[0]?.findings.filter(({ code }) => code === "SUB-WINDOW").length;
  const after = "2025-10-20";

  test.for([
    { name: "as the program brings it along", by: notice, settings: {}, late: 1 },
    { name: "with what 参数 has changed", by: notice, settings: { 提交截止日期: "2025-10-25" }, late: 0 },
    {
      name: "another one",
      by: {
        ...notice,
        id: "another",
        windows: {
          ...notice.windows,
          submission: { ...notice.windows.submission, value: { from: "2025-07-15", to: after } },
        },
      },
      settings: {},
      late: 0,
    },
  ])("is what it is judged by: $name", ({ by, settings, late }) => {
    formBy(by, settings);
    expect(windowFindings(after)).toBe(late);
  });
});

describe("what is typed", () => {
  test("a block with numbers and texts goes to both sheets; each text bears the number of its case", () => {
    openBlank();
    const changes = [2, 3].flatMap((row) => of(row, { summary: `概要${row}`, id: `A${row}`, title: `名称${row}` }));
    const { cases } = changeForm(path, changes, "粘贴");
    expect(cases.map(({ values }) => values.summary)).toEqual(["概要2", "概要3"]);
    saveForms();
    expect(
      savedRows(textsSheet.label)
        .slice(1, 3)
        .map((row) => row.slice(0, 5)),
    ).toEqual([
      ["兴庆区教育局", "A2", "名称2", "概要2", "3/500"],
      ["兴庆区教育局", "A3", "名称3", "概要3", "3/500"],
    ]);
  });

  test("numbers of two cases may be exchanged at once; their texts stay with them", () => {
    openBlank();
    for (const row of [2, 3]) type(row, { id: `A${row}`, summary: `概要${row}` });
    const { cases } = changeForm(path, [...of(2, { id: "A3" }), ...of(3, { id: "A2" })], "粘贴");
    expect(cases.map(({ id, values }) => `${id} ${values.summary}`)).toEqual(["A3 概要2", "A2 概要3"]);
  });

  test.for([
    { name: "a number that another case has", row: 3, values: { id: "A2" }, says: /第 2 行的案例已经用了编号“A2”/ },
    { name: "a text without a number", row: 4, values: { summary: "甲" }, says: /请先填“案例编号”/ },
    { name: "no number where there is a text", row: 2, values: { id: "" }, says: /编号不能清空/ },
    { name: "another unit", row: 2, values: { nominator: "别的局" }, says: /“推荐单位”已经填好，不能改/ },
    {
      name: "more than a cell holds",
      row: 2,
      values: { process: "字".repeat(40_000) },
      says: /40000 个字符，超过单元格能存的/,
    },
  ])("$name is refused with its reason, and nothing is written", ({ row, values, says }) => {
    openBlank();
    type(2, { id: "A2", summary: "概要" });
    const before = savedCells();
    expect(() => changeForm(path, [...of(5, { title: "同一批里的" }), ...of(row, values)], "粘贴")).toThrow(says);
    expect(savedCells()).toEqual(before);
  });

  test("a case whose cells are all emptied is gone, its text as well", () => {
    openBlank();
    type(2, { id: "A2", title: "甲", summary: "概要" });
    expect(type(2, { id: "", title: "", summary: "" }).cases).toEqual([]);
    saveForms();
    expect(savedRows(textsSheet.label)[1]?.filter((value) => value !== "")).toEqual(["兴庆区教育局"]);
  });

  test("below the rows that are ready new ones are made, with their unit", () => {
    const { nextRow } = openBlank();
    expect(nextRow).toBe(2);
    const { cases } = type(900, { id: "A900", summary: "概要" });
    expect(cases).toMatchObject([{ row: 900, values: { nominator: "兴庆区教育局", summary: "概要" } }]);
  });
});

describe("人工核对", () => {
  test("what 案例 has no column for is kept in one of its own, and the form is imported as before", async () => {
    openBlank();
    const { questions } = type(2, { id: "A2", title: "甲" });
    const labels = questions.filter(({ column }) => !column).map(({ label }) => label);
    expect(labels.length).toBeGreaterThan(0);
    for (const label of labels) type(2, { [checkField(label)]: yes });
    expect(openForm(path).cases[0]?.lookedAt).toEqual(labels);
    saveForms();
    const rows = savedRows(submissionsSheet.label);
    expect(rows[0]?.at(-1)).toBe(manualChecksLabel);
    expect(rows[1]?.at(-1)).toBe(labels.join("；"));
    closeForms();
    expect(openForm(path).cases[0]?.lookedAt).toEqual(labels);
    const book = join(home, "评案簿.xlsx");
    await runCasebook("init", book);
    const roster = join(home, "名册.csv");
    writeFileSync(roster, "单位代码,单位名称,类别,别名,上级单位,邮箱,盖章件收讫\n1,兴庆区教育局,教育局,,,,\n");
    await runCasebook("import", book, roster);
    expect((await runCasebook("import", book, file)).code).toBe(0);
  });
});

describe("人工核对 of a case", () => {
  const columnOfChecks = () => savedRows(submissionsSheet.label)[0]!.indexOf(manualChecksLabel) + 1;
  const labelsOf = () =>
    openForm(path)
      .questions.filter(({ column }) => !column)
      .map(({ label }) => label);

  test("ticks that were given without waiting for each other are all kept, and so is what the unit wrote there", () => {
    openBlank();
    const [first = "", second = ""] = labelsOf();
    type(2, { id: "A2", title: "甲", [checkField(first)]: yes });
    saveForms();
    typeElsewhere(submissionsSheet.label, [{ row: 2, column: columnOfChecks(), value: `李主任 9 月看过；${first}` }]);
    type(2, { [checkField(second)]: yes });
    expect(type(2, { [checkField(first)]: "" }).cases[0]?.lookedAt).toEqual(["李主任 9 月看过", second]);
    expect(undoForm(path).redoable).toBe(`修改 A2 的“${manualChecksLabel}”`);
  });

  test("goes with the case whose cells are emptied, comes back with it, and is no other case's", () => {
    openBlank();
    const [first = "", second = ""] = labelsOf();
    type(2, { id: "A2", title: "甲", summary: "概要", [checkField(first)]: yes });
    expect(type(2, { title: "" }).cases[0]?.lookedAt).toEqual([first]);
    type(2, { id: "", summary: "" });
    expect(type(2, { id: "A9", title: "乙" }).cases[0]).toMatchObject({ id: "A9", lookedAt: [] });
    undoForm(path);
    expect(undoForm(path).cases[0]).toMatchObject({ id: "A2", lookedAt: [first] });
    saveForms();
    const hidden = submissionsSheet.columns.findIndex(({ key }) => key === "status") + 1;
    typeElsewhere(submissionsSheet.label, [
      { row: 2, column: hidden, value: cancelled },
      { row: 3, column: columnOfChecks(), value: first },
    ]);
    expect(type(2, { id: "", title: "", summary: "" }).cases).toEqual([]);
    expect(undoForm(path).cases[0]).toMatchObject({ id: "A2", lookedAt: [first] });
    type(2, { id: "", title: "", summary: "" });
    type(2, { id: "A8" });
    saveForms();
    expect(savedRows(submissionsSheet.label)[1]?.[columnOfChecks() - 1] ?? "").toBe("");
    expect(savedRows(submissionsSheet.label)[1]?.[hidden - 1] ?? "").toBe("");
    expect(type(3, { id: "A3", [checkField(second)]: yes }).cases[1]?.lookedAt).toEqual([second]);
  });
});

describe("cases of one number, as another program leaves them", () => {
  const [idColumn, textColumn] = ["id", "summary"].map(
    (key) => textsSheet.columns.findIndex((column) => column.key === key) + 1,
  );
  const caseColumn = submissionsSheet.columns.findIndex(({ key }) => key === "id") + 1;
  const twice = (texts: number) => {
    openBlank();
    typeElsewhere(
      submissionsSheet.label,
      [2, 3].map((row) => ({ row, column: caseColumn, value: row === 2 ? "A1" : "ａ1" })),
    );
    typeElsewhere(
      textsSheet.label,
      Array.from({ length: texts }, (_, i) => i + 2).flatMap((row) => [
        { row, column: idColumn!, value: "A1" },
        { row, column: textColumn!, value: `概要${row}` },
      ]),
    );
    return openForm(path).cases.map(({ values }) => values.summary);
  };

  test("each has the text that the rules judge it by; typing and renumbering touch that one alone", () => {
    expect(twice(2)).toEqual(["概要2", "概要3"]);
    expect(type(3, { summary: "改" }).cases.map(({ values }) => values.summary)).toEqual(["概要2", "改"]);
    expect(type(3, { id: "A7" }).cases.map(({ id, values }) => `${id} ${values.summary}`)).toEqual([
      "A1 概要2",
      "A7 改",
    ]);
  });

  test("where there is one text both are judged by it and shown with it; it is the first one's", () => {
    expect(twice(1)).toEqual(["概要2", "概要2"]);
    expect(() => type(3, { summary: "另一篇" })).toThrow(/第 2 行的案例也是编号“ａ1”/);
    expect(type(2, { summary: "改" }).cases.map(({ values }) => values.summary)).toEqual(["改", "改"]);
    expect(type(3, { id: "A7" }).cases.map(({ values }) => values.summary)).toEqual(["改", ""]);
    const { cases } = type(3, { summary: "另一篇" });
    expect(cases.map(({ values }) => values.summary)).toEqual(["改", "另一篇"]);
  });

  test("what is wrong in a text of two cases is told once beside each", () => {
    twice(1);
    const { cases } = type(2, { summary: "字".repeat(600) });
    const told = cases.map(({ findings }) => findings.filter(({ code }) => code === "TEXT-SECTION").length);
    expect(told).toEqual([1, 1]);
  });

  test("a number that means the same as another's is refused however it is written", () => {
    openBlank();
    type(2, { id: "A2" });
    expect(() => type(3, { id: "ａ２" })).toThrow(/第 2 行的案例已经用了编号/);
  });
});

describe("what was found in the materials", () => {
  const fill = (value: string) =>
    changeForm(
      path,
      [{ sheet: "submissions", row: 2, field: "videoFile", value, found: { id: "A2", field: "videoFile", value: "" } }],
      "填入",
    );

  test("is written where the cell is empty still, in a row that is that case's still", () => {
    openBlank();
    type(2, { id: "A2", title: "甲" });
    expect(fill("课.mp4").cases[0]?.values.videoFile).toBe("课.mp4");
    const typed = type(2, { videoFile: "自己写的.mp4" });
    expect(fill("课.mp4")).toEqual(typed);
    expect(fill("")).toEqual(typed);
    const other = type(2, { id: "A5", videoFile: "" });
    expect(fill("课.mp4")).toEqual(other);
  });

  test("and what was proposed of one cell is written to another only while the first says the same", () => {
    openBlank();
    type(2, { id: "A2", recommended: " " });
    const found = { id: "A2", field: "recommended", value: " " };
    const recommend = () =>
      changeForm(
        path,
        [...of(2, { recommended: yes }), ...of(2, { title: "甲" })].map((each) => ({ ...each, found })),
        "推荐",
      );
    expect(recommend().cases[0]?.values).toMatchObject({ recommended: yes, title: "甲" });
    const decided = type(2, { recommended: "否", title: "" });
    expect(recommend()).toEqual(decided);
  });

  test("belongs to one opening of a file: another file of its name is another", () => {
    const { opening } = openBlank();
    expect(openForm(path).opening).toBe(opening);
    type(2, { id: "A2" });
    saveForms();
    expect(openForm(path).opening).toBe(opening);
    writeFileSync(file, blank);
    const replaced = openForm(path).opening;
    expect(replaced).not.toBe(opening);
    closeForms();
    expect(openForm(path).opening).not.toBe(replaced);
  });
});

describe("a shortlist", () => {
  const [field] = notice.fields;
  const quota = notice.quotas.bureau.rural.value;
  const complete = (i: number) => ({
    id: `A${100 + i}`,
    title: `乡村课堂的第${i}种改进`,
    field: field!.label,
    track: "乡村",
    stage: "小学",
    keywords: "作业、课堂、评价",
    "author1.name": "王小明",
    "author1.unit": "某校",
    "author1.account": `2025${100_000 + i}`,
    "author1.role": "教师",
    submittedOn: "2025-09-01",
    wordsSummary: "300",
    wordsInnovation: "300",
    wordsProcess: "900",
    wordsApplication: "300",
    wordsTotal: "1800",
    videoFile: "课.mp4",
    videoResolution: "1920*1080",
    videoDuration: "00:16:00",
    videoRecordedOn: "2025-06-01",
    videoSubtitles: "有",
    videoTitleCard: "有",
    videoBrand: "无",
    priorAward: "否",
    firstScore: String(60 + i),
  });

  test("proposes the best within the quota with their places, says of the others why not, and is taken at one go", () => {
    openBlank();
    const count = quota + 2;
    const filled = changeForm(path, Array.from({ length: count }, (_, i) => of(2 + i, complete(i))).flat(), "粘贴");
    expect(filled.cases.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"))).toEqual([]);
    expect(filled.standing.quotas.find(({ track, eligible }) => track === "乡村" && eligible > 0)).toMatchObject({
      quota,
      eligible: count,
      recommended: 0,
    });
    const { cases } = proposeShortlist(path);
    const proposed = cases.filter(({ isProposed }) => isProposed).map(({ row }) => row);
    expect(proposed).toEqual(Array.from({ length: quota }, (_, i) => i + 4));
    expect(cases.at(-1)?.reason).toBe(`初评得分 ${60 + count - 1}，“${field!.label}”乡村第 1 个，名额 ${quota} 个`);
    expect(cases[0]?.reason).toContain("名额");
    const after = changeForm(
      path,
      proposed.flatMap((row) => of(row, { recommended: yes })),
      "推荐",
    );
    expect(after.standing.quotas.find(({ recommended }) => recommended > 0)).toMatchObject({ state: "已满" });
    expect(proposeShortlist(path).cases.some(({ isProposed }) => isProposed)).toBe(false);
  });
});

describe("what is made of a form alone", () => {
  test("each paper has the unit's own rows in it", async () => {
    openBlank();
    type(2, { id: "A2", title: "课堂评价的改进", recommended: yes, field: notice.fields[0]!.label });
    type(2, { name: "王专家", stage: "小学" }, "experts");
    const textsOf = (bytes: Uint8Array) =>
      unzipParts(bytes)
        .filter(({ name }) => /document\.xml$|sheet\d*\.xml$|sharedStrings\.xml$/.test(name))
        .map(({ content }) => content.toString("utf8"))
        .join("\n");
    for (const paper of papers) {
      const made = await makePaper(path, paper);
      const files = made.name.endsWith(".zip") ? unzipParts(made.bytes).map(({ content }) => content) : [made.bytes];
      const texts = files.map(textsOf).join("\n");
      expect({ paper, found: texts.includes(paper.startsWith("附件6") ? "王专家" : "课堂评价的改进") }).toEqual({
        paper,
        found: true,
      });
    }
    expect(readFileSync(file).equals(Buffer.from(blank))).toBe(true);
  });
});
