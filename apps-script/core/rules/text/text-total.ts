import type { Submission } from "../../award/award.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, type LiveSources, named, not, oneOf, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { wordCountIn } from "../typed-cells.ts";
import { sections, textCounts } from "./sections.ts";

/** 总字数, or the sum of the four sections where it is empty. */
function totalByCells({ record }: Submission): number | undefined {
  if (record.text("wordsTotal") !== "") return wordCountIn(record, "wordsTotal");
  const parts = sections.map(({ countColumn }) => wordCountIn(record, countColumn));
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

function isStrict({ notice, bare, compute }: LiveSources): string {
  const strict = notice.fields.filter((f) => f.totalWordsStrict.value).flatMap((f) => [f.label, ...f.longLabels]);
  return strict.length === 0 ? "0" : compute("严格领域", oneOf(bare("field"), strict));
}

function tooLong({ isEmpty, words, limit, compute }: LiveSources, condition: string): string {
  const parts = sections.map(({ countColumn }) => `(${words(countColumn)}>0)*${words(countColumn)}`);
  const sum = compute("字数合计", `IF(${isEmpty("wordsTotal")}=1,${parts.join("+")},${words("wordsTotal")})`);
  const says = [quote(`${named("wordsTotal")}共 `), sum, quote(" 字，限 "), limit("total"), quote(" 字")];
  return when(allOf(`${sum}>${limit("total")}`, condition), ...says);
}

export const textTotal = defineRule({
  code: "TEXT-TOTAL",
  name: "总字数超限",
  severity: "warning",
  alsoSeverity: "error",
  finds: ({ fields }) => {
    const strict = fields.filter((field) => field.totalWordsStrict.value).map((field) => `“${field.label}”`);
    return `四个部分合计超过总字数限制：${strict.length === 0 ? "" : `${strict.join("、")}领域要求严格控制，为错误；其他领域`}原则上不超过，为警告。`;
  },
  remedy: "压缩文字。",
  article: (notice) => notice.text.total.article,
  live: {
    problems: (live) => tooLong(live, not(isStrict(live))),
    alsoProblems: (live) => tooLong(live, isStrict(live)),
    provided: ({ hasNoText }, row) => hasNoText(row),
    leaves: "“正文”表有该案例文本的，或“正文”表、案例编号有空格、全角字符的；字数列少见的写法。",
  },
  ofEachCase: true,
  *check(context) {
    const limit = context.settings.notice.text.total.value;
    for (const submission of context.submissions) {
      const words = textCounts(submission, context)?.total.low ?? totalByCells(submission);
      if (words === undefined || words <= limit) continue;
      const strict = submission.field?.totalWordsStrict;
      const rule = strict?.value
        ? `“${submission.field?.label}”领域须严格控制在 ${limit} 字以内`
        : `原则上不超过 ${limit} 字`;
      yield atSubmission(
        context,
        submission,
        "wordsTotal",
        `案例文本共 ${words} 字，${rule}，超出 ${words - limit} 字，请压缩。`,
        { severity: strict?.value ? "error" : "warning", ...(strict && { article: strict.article }) },
      );
    }
  },
});
