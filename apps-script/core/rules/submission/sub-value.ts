import type { Submission, SubmissionKey } from "../../award/award.ts";
import { authorNumbers } from "../../award/read-authors.ts";
import { parseRole } from "../../award/read-award.ts";
import type { Notice } from "../../notice/notice.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { presence, submissionStatus, unitKindLabels, yesNo } from "../../schema/choices.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { findLabel } from "../../text/clean.ts";
import { isPlaceholder } from "../../text/placeholder.ts";
import { quote } from "../../workbook/formula.ts";
import {
  allOf,
  anyOf,
  dateColumns,
  oneOf as isOneOf,
  isOutside,
  named,
  not,
  removeDigits,
  together,
  when,
  whereRare,
  wordColumns,
} from "../live.ts";
import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { dateIn, durationIn, isUnreadable, wordCountIn } from "../typed-cells.ts";

interface Expectation {
  readonly key: SubmissionKey;
  readonly fits: (submission: Submission) => boolean;
  readonly expected: string;
}

const oneOf = (labels: readonly string[]) => `应为${labels.join("、")}之一`;

/** Columns whose values have one spelling each. */
const listedColumns = (notice: Notice): readonly (readonly [SubmissionKey, readonly string[]])[] => [
  ["videoSubtitles", presence],
  ["videoTitleCard", presence],
  ["videoBrand", presence],
  ["priorAward", yesNo],
  ["recommended", yesNo],
  ["status", submissionStatus],
  ["statusKind", notice.cancellation.kinds.map((kind) => kind.label)],
];

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
    ...listedColumns(notice).map(([key, labels]) => listed(key, labels)),
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
  name: "所填内容无效",
  severity: "error",
  finds:
    "单元格的值不在可选范围内（领域、赛道、学段、身份、是/否、有/无、状态、取消类别），初评得分不是 0—100 的数，字数不是整数，或日期、时长无法识别。",
  remedy: "从下拉列表中选取，或按提示的写法改正。",
  article: noticeIsSilent,
  live: {
    problems(live) {
      const { notice, at, bare, lead, day, words, unitKind, isAuthor, compute } = live;
      const notListed = (key: SubmissionKey, labels: readonly string[], condition = "1", sought?: number) => {
        const isUnlisted = allOf(`${lead(key)}>0`, not(isOneOf(bare(key), labels)));
        const isOther = compute(`${key} 另写`, whereRare(isUnlisted, isOutside(bare(key), labels, sought)));
        return when(allOf(isOther, condition), quote(`${named(key)}不在可选项内`));
      };
      const wrong = (key: SubmissionKey, condition: string, words: string) =>
        when(condition, quote(named(key) + words));
      const unreadable = (key: SubmissionKey, condition: string) => compute(`${key} 难认`, condition);
      const fields = notice.fields.flatMap((field) => [field.label, ...field.longLabels]);
      const tracks = notice.tracks.flatMap((track) => [track.label, ...track.aliases]);
      const roles = notice.roles.flatMap((role) => [role.label, ...role.aliases]);
      const score = at("firstScore");
      const [scoreText, durationText] = [bare("firstScore"), bare("videoDuration")];
      const scoreMarks = ["-", "/", ":", "e", "E", "%", "分", "字"].map(
        (mark) => `ISNUMBER(FIND(${quote(mark)},${scoreText}))`,
      );
      return together(
        notListed("field", fields),
        notListed("track", tracks, `${unitKind}=${quote(unitKindLabels.bureau)}`),
        notListed("stage", [...notice.stages, notice.otherStage]),
        ...listedColumns(notice).map(([key, labels]) => notListed(key, labels)),
        compute("身份", together(...authorNumbers.map((n) => notListed(`author${n}.role`, roles, isAuthor(n), 1)))),
        wrong(
          "firstScore",
          unreadable(
            "firstScore",
            anyOf(
              `${lead("firstScore")}=2`,
              `IF(ISNUMBER(${score}),(${score}<0)+(${score}>100),0)`,
              allOf(`${lead("firstScore")}=1`, anyOf(...scoreMarks, `IFERROR(VALUE(${scoreText}),0)>100`)),
            ),
          ),
          "应为 0—100 的数",
        ),
        ...dateColumns.map((key) => wrong(key, `${day(key)}<0`, "不是日期")),
        wrong(
          "videoDuration",
          unreadable(
            "videoDuration",
            anyOf(
              `${lead("videoDuration")}=2`,
              // A number alone: nobody can tell minutes from seconds.
              allOf(
                `ISTEXT(${at("videoDuration")})`,
                `${lead("videoDuration")}=1`,
                `${removeDigits(`SUBSTITUTE(${durationText},".","")`)}=""`,
              ),
            ),
          ),
          "无法识别，应写成 00:17:30 的样子",
        ),
        ...wordColumns.map((key) => wrong(key, `${words(key)}<-1`, "应为整数")),
      );
    },
    leaves:
      "与某个可选项有相同用字而写法不同的；少见的日期、时长写法，存为数字的日期和时长；含全角字符的数。推荐单位用公式认不出的写法时，赛道不判断。",
  },
  ofEachCase: true,
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
