import { describe, expect, test } from "vitest";
import type { FileFacts, TextPiece } from "../../../apps-script/core/evidence/file-facts.ts";
import { compareCopy, judgeCopy } from "../../../apps-script/core/evidence/judge-copy.ts";

const facts = (pieces: readonly TextPiece[], video?: FileFacts["video"]): FileFacts => ({
  kind: "docx",
  pieces,
  paragraphs: [],
  ...(video && { video }),
});
const film = { container: "mp4", format: "AVC", width: 1280, height: 720, seconds: 60, bytes: 9, subtitleTracks: 0 };

describe("a copy that shows something else than what was handed in stays out", () => {
  const original = facts([
    { kind: "body", place: "第 1 页", text: "现在的文字" },
    { kind: "comment", place: "批注 1 的作者", text: "柳知远" },
    { kind: "property", place: "文档属性“作者”", text: "柳知远" },
  ]);

  test.for([
    [[{ kind: "body", place: "第 1 页", text: "以前的文字" }], "第 1 页与原件不一致"],
    [[], "第 1 页与原件不一致"],
    [
      [
        { kind: "body", place: "第 1 页", text: "现在的文字" },
        { kind: "header", place: "页眉 1", text: "多的" },
      ],
      "页眉 1与原件不一致",
    ],
  ] as const)("%#", ([pieces, reason]) => {
    expect(compareCopy(original, facts(pieces))).toContain(reason);
  });

  test("properties and names of authors may go", () => {
    const copy = facts([
      { kind: "body", place: "第 1 页", text: "现在的文字" },
      { kind: "comment", place: "批注 1 的作者", text: "审阅者1" },
    ]);
    expect(compareCopy(original, copy)).toBeUndefined();
  });

  test("a film keeps its picture and its length", () => {
    expect(compareCopy(facts([], film), facts([], { ...film, seconds: 30 }))).toContain("视频的画面或时长");
    expect(compareCopy(facts([], film), facts([], { ...film, width: 640 }))).toContain("视频的画面或时长");
    expect(compareCopy(facts([], film), facts([]))).toContain("视频的画面或时长");
    expect(compareCopy(facts([], film), facts([], { ...film, seconds: 59.5, bytes: 8 }))).toBeUndefined();
  });
});

describe("two characters of a name", () => {
  const applicants = { names: ["张敏"], units: [], regions: [], accounts: [], phones: [] };
  test.for([
    { kind: "hidden", text: "张敏的简介", isOut: true },
    { kind: "alt", text: "张敏的照片", isOut: true },
    { kind: "body", text: "张敏感地看到", isOut: false },
  ] as const)("$kind, left out: $isOut", ({ kind, text, isOut }) => {
    const copy = facts([{ kind, place: "某处", text }]);
    expect(judgeCopy(copy, applicants, false) !== undefined).toBe(isOut);
    expect(judgeCopy(copy, applicants, true)).toBeUndefined();
  });
});
