import { describe, expect, test } from "vitest";
import type { Submission } from "../../../apps-script/core/award/award.ts";
import { chooseCaseText, chooseVideo } from "../../../apps-script/core/evidence/choose-files.ts";
import type { FileFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { EvidenceGatherer } from "../../../apps-script/core/evidence/gather.ts";
import { readValues } from "../../../apps-script/core/evidence/read-values.ts";
import { type SubmittedFile, summariseFile } from "../../../apps-script/core/evidence/submitted-file.ts";
import { makeAward, type SubmissionRow } from "../award-builder.ts";

const headings = ["1.案例概要", "2.案例的特色与创新点", "3.案例的研究和实践过程", "4.案例的应用情况及推广价值"];

/** A document with the first sections of 附件5, as long as these texts are. */
function facts(texts: readonly string[], kind: FileFacts["kind"] = "docx"): FileFacts {
  const paragraphs = texts.flatMap((text, i) => [
    { text: `${headings[i]}（限 500 字以内）`, heading: true },
    { text, heading: false },
  ]);
  return { kind, pieces: [], paragraphs };
}

const film = (name: string, seconds: number): SubmittedFile =>
  summariseFile(name, {
    kind: "video",
    paragraphs: [],
    video: { container: "mp4", format: "AVC", width: 0, height: 0, seconds, bytes: 9, subtitleTracks: 0 },
  });
const document = (name: string, texts: readonly string[], kind: FileFacts["kind"] = "docx") =>
  summariseFile(name, facts(texts, kind));
const four = ["甲", "乙", "丙", "丁"];

describe("the file that is the case", () => {
  test.for([
    { name: "most sections", files: [document("a.docx", ["甲"]), document("b.txt", four, "text")], chosen: "b.txt" },
    { name: ".docx before .pdf", files: [document("a.pdf", four, "pdf"), document("b.docx", four)], chosen: "b.docx" },
    { name: "the first by name", files: [document("b.docx", four), document("a.docx", four)], chosen: "a.docx" },
    { name: "the first by name, whatever the order", files: ["a", "b"].map((n) => document(n, four)), chosen: "a" },
    { name: "no picture", files: [document("a.png", four, "image")], chosen: undefined },
  ])("text: $name", ({ files, chosen }) => expect(chooseCaseText(files)?.file.name).toBe(chosen));

  test("documents with fewer sections are no rivals", () => {
    const files = [document("a.docx", four), document("b.docx", four), document("c.docx", ["甲"])];
    expect(chooseCaseText(files)?.others.map(({ name }) => name)).toEqual(["b.docx"]);
  });

  test.for([
    { name: "the one that is named", files: [film("long.mp4", 900), film("片/Show1.MP4", 5)], chosen: "片/Show1.MP4" },
    { name: "else the longest", files: [film("a.mp4", 5), film("b.mp4", 900)], chosen: "b.mp4" },
    { name: "else the first by name", files: [film("b.mp4", 5), film("a.mp4", 5)], chosen: "a.mp4" },
    { name: "else the first by name, whatever the order", files: [film("a", 5), film("b", 5)], chosen: "a" },
  ])("video: $name", ({ files, chosen }) => {
    const [submission] = makeAward({ submissions: [{ videoFile: "show1.mp4" }] }).submissions;
    expect(chooseVideo(submission as Submission, files)?.file.name).toBe(chosen);
  });
});

describe("what the files say", () => {
  const valuesOf = (texts: readonly string[]) =>
    Object.fromEntries(readValues(chooseCaseText([document("a.docx", texts)]), undefined));

  test("the total only where every section stands in the document", () => {
    expect(valuesOf(["甲", "甲乙", "丙", "丁"])).toMatchObject({ wordsSummary: 1, wordsInnovation: 2, wordsTotal: 5 });
    expect(valuesOf(["甲", "甲乙", "丙"])).toEqual({ wordsSummary: 1, wordsInnovation: 2, wordsProcess: 1 });
  });

  test("of a video without picture and length the name alone", () => {
    const [submission] = makeAward({ submissions: [{}] }).submissions;
    const video = chooseVideo(submission as Submission, [film("片/a.mp4", 0)]);
    expect(Object.fromEntries(readValues(undefined, video))).toEqual({ videoFile: "a.mp4" });
  });
});

function gather(rows: readonly SubmissionRow[], files: readonly (readonly [row: number, name: string, FileFacts])[]) {
  const award = makeAward({ submissions: rows });
  const gatherer = new EvidenceGatherer(award);
  const given = new Set<Submission>();
  for (const [row, name, read] of files) {
    const submission = award.submissions[row] as Submission;
    given.add(submission);
    gatherer.take(submission, { name, ownName: name, facts: read });
  }
  return gatherer.finish((submission) => given.has(submission));
}

test("nothing handed in is missed, but not of a cancelled submission and not of a row without number", () => {
  const cancelled = { status: "取消资格", statusKind: "抄袭剽窃", statusReason: "已核实" };
  const { missing, findings } = gather(
    [{ id: "A1" }, { id: "A2", ...cancelled }, { id: "" }, { id: "A4" }],
    [[3, "A4/案例.docx", facts(four)]],
  );
  expect(missing.map(({ id }) => id)).toEqual(["A1"]);
  expect(findings.filter(({ kind }) => kind === "FILE-MISSING").map(({ id }) => id)).toEqual(["A1"]);
});

test("a file that cannot be read is told with its remedy, and a folder that names somebody once", () => {
  const row = { "author1.name": "柳知远" };
  const { findings } = gather(
    [row],
    [
      [0, "柳知远/a.docx", { ...facts(four), problem: "文件不完整；请重新上传。" }],
      [0, "柳知远/b.docx", { ...facts(four), problem: "读不出" }],
    ],
  );
  const unreadable = findings.filter(({ kind }) => kind === "FILE-UNREADABLE");
  expect(unreadable).toMatchObject([
    { file: "柳知远/a.docx", severity: "warning", message: "文件不完整", remedy: "请重新上传。" },
    { file: "柳知远/b.docx", message: "读不出", remedy: expect.stringContaining("人工打开核对") },
  ]);
  expect(findings.filter(({ kind }) => kind === "ANON-NAME")).toHaveLength(1);
});

test("the same name in two folders is found in both", () => {
  const { findings } = gather(
    [{ "author1.name": "柳知远" }],
    ["一稿", "二稿"].map((folder) => [0, `${folder}/柳知远.docx`, facts(four)] as const),
  );
  expect(findings.filter(({ kind }) => kind === "ANON-NAME").map(({ file }) => file)).toEqual([
    ...["一稿/柳知远.docx", "二稿/柳知远.docx"],
  ]);
});

describe("texts that are alike", () => {
  const passage = Array.from({ length: 330 }, (_, i) => String.fromCharCode(0x4e00 + 37 * i)).join("");
  const parts = [passage, "乙", "丙", "丁"];

  test("each pair is told at both, and the place of a file is the file", () => {
    const { pairs, findings } = gather(
      [{ id: "A1" }, { id: "A2" }],
      [
        [0, "A1/案例.docx", facts(parts)],
        [1, "A2/文本.docx", facts(parts)],
      ],
    );
    expect(pairs.map(({ similarity }) => similarity)).toEqual([1]);
    const told = findings.filter(({ kind }) => kind === "TEXT-DUPLICATE");
    expect(told).toMatchObject([
      { id: "A1", file: "A1/案例.docx", place: "", message: expect.stringContaining("A2/文本.docx”相近，相似度 100%") },
      { id: "A2", file: "A2/文本.docx", place: "", message: expect.stringContaining("A1/案例.docx") },
    ]);
  });

  test("not those of one submission, and not what is shorter than 300 characters", () => {
    const own = gather(
      [{ id: "A1" }],
      [
        [0, "a.docx", facts(parts)],
        [0, "b.docx", facts(parts)],
      ],
    );
    expect(own.pairs).toEqual([]);
    const length = (characters: number) =>
      gather(
        [{ id: "A1" }, { id: "A2" }],
        [
          [
            0,
            "a.txt",
            { ...facts([]), kind: "text", paragraphs: [{ text: passage.slice(0, characters), heading: false }] },
          ],
          [
            1,
            "b.txt",
            { ...facts([]), kind: "text", paragraphs: [{ text: passage.slice(0, characters), heading: false }] },
          ],
        ],
      ).pairs.length;
    expect([length(299), length(300)]).toEqual([0, 1]);
  });
});
