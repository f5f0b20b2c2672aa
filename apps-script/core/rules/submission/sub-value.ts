import type { Submission, SubmissionKey } from "../../award/award.ts";
import { parseRole } from "../../award/read-award.ts";
import type { Notice } from "../../notice/notice.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { presence, submissionStatus, yesNo } from "../../schema/choices.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { findLabel } from "../../text/clean.ts";
import { isPlaceholder } from "../../text/placeholder.ts";
import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { dateIn, durationIn, isUnreadable, wordCountIn } from "../typed-cells.ts";

interface Expectation {
  readonly key: SubmissionKey;
  readonly fits: (submission: Submission) => boolean;
  readonly expected: string;
}

const oneOf = (labels: readonly string[]) => `应为${labels.join("、")}之一`;

function listed(key: SubmissionKey, labels: readonly string[]): Expectation {
  return { key, fits: (s) => findLabel(labels, s.record.text(key)) !== undefined, expected: oneOf(labels) };
}

function readable(
  keys: readonly SubmissionKey[],
  read: (record: Submission["record"], key: SubmissionKey) => unknown,
  expected: string,
): Expectation[] {
  return keys.map((key) => ({ key, fits: (s) => !isUnreadable(s.record, key, read), expected }));
}

/** 无 in all cells of an author: there is none. */
const standsForNobody = (submission: Submission, key: SubmissionKey): boolean =>
  isPlaceholder(submission.record.text(key), "title") && !submission.authors.some((a) => a.columns.role === key);

function roleExpectations(notice: Notice): Expectation[] {
  const labels = notice.roles.map((r) => r.label);
  const keys = ["author1.role", "author2.role", "author3.role", "author4.role", "author5.role"] as const;
  return keys.map((key) => ({
    key,
    fits: (s) => parseRole(notice, s.record.text(key)) !== undefined || standsForNobody(s, key),
    expected: oneOf(labels),
  }));
}

function expectationsOf(notice: Notice): Expectation[] {
  return [
    { key: "field", fits: (s) => s.field !== undefined, expected: oneOf(notice.fields.map((f) => f.label)) },
    {
      key: "track",
      // A direct school's track is ignored, whatever it says (SUB-TRACK).
      fits: (s) => s.track !== undefined || s.unit?.kind === "school",
      expected: oneOf(notice.tracks.map((t) => t.label)),
    },
    { key: "stage", fits: (s) => s.stage !== undefined, expected: oneOf([...notice.stages, notice.otherStage]) },
    ...roleExpectations(notice),
    ...(["videoSubtitles", "videoTitleCard", "videoBrand"] as const).map((key) => listed(key, presence)),
    ...(["priorAward", "recommended"] as const).map((key) => listed(key, yesNo)),
    listed("status", submissionStatus),
    listed(
      "statusKind",
      notice.cancellation.kinds.map((k) => k.label),
    ),
    { key: "firstScore", fits: (s) => s.firstScore !== undefined, expected: "应为 0—100 之间的数" },
    ...readable(
      ["submittedOn", "videoRecordedOn", "recommendedOn"],
      dateIn,
      "无法识别为日期，应写成 2025-09-01 的样子",
    ),
    ...readable(["videoDuration"], durationIn, "无法识别为时长，应写成 00:17:30（时:分:秒）的样子"),
    ...readable(
      ["wordsSummary", "wordsInnovation", "wordsProcess", "wordsApplication", "wordsTotal"],
      wordCountIn,
      "应为整数",
    ),
  ];
}

export const subValue = defineRule({
  code: "SUB-VALUE",
  severity: "error",
  finds:
    "单元格的值不在可选范围内（领域、赛道、学段、身份、是/否、有/无、状态、取消类别），初评得分不是 0—100 的数，字数不是整数，或日期、时长无法识别。",
  remedy: "从下拉列表中选取，或按提示的写法改正。",
  article: noticeIsSilent,
  *check(context) {
    const expectations = expectationsOf(context.settings.notice);
    for (const submission of context.submissions) {
      for (const { key, fits, expected } of expectations) {
        const value = submission.record.text(key);
        if (value === "" || fits(submission)) continue;
        const label = labelOf(submissionsSheet, key);
        yield atSubmission(context, submission, key, `“${label}”填的是“${value}”，${expected}，请改正。`);
      }
    }
  },
});
