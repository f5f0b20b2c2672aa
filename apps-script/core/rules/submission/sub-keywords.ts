import { cleanIdentifier } from "../../text/clean.ts";
import { listMarks, splitKeywords } from "../../text/list.ts";
import { quote, substituteAll } from "../../workbook/formula.ts";
import { anyOf, type LiveSources, named, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

/**
 * As `splitKeywords` splits them: at separators, or at spaces where there is nothing else; the same ones count once.
 * Of very many only the first are compared with each other.
 */
function countKeywords({ notice, at, compute }: LiveSources): string {
  const compared = notice.keywords.value.max + 2;
  const spaced = compute(
    "关键词空格",
    `TRIM(SUBSTITUTE(SUBSTITUTE(LOWER(${at("keywords")}),UNICHAR(12288)," "),UNICHAR(160)," "))`,
  );
  const joined = compute("关键词", `SUBSTITUTE(${spaced}," ","")`);
  const marks = substituteAll(
    joined,
    [...listMarks].map((mark) => [mark, " "] as const),
  );
  const separated = [9, 10, 11, 13].reduce((text, code) => `SUBSTITUTE(${text},CHAR(${code})," ")`, marks);
  const parted = compute("关键词隔开", separated);
  const spaces = (text: string) => `(LEN(${text})-LEN(SUBSTITUTE(${text}," ","")))`;
  // Letters that stand one by one are one word.
  const alone = `IF(LEN(${joined})=1+${spaces(spaced)},${joined},${spaced})`;
  const text = compute("关键词分", `IF(${parted}=${joined},${alone},TRIM(${parted}))`);
  const apart = compute("关键词分开", `SUBSTITUTE(${text}," ",REPT(" ",200))`);
  const pieces = Array.from({ length: compared }, (_, i) =>
    compute(`关键词${i + 1}`, `TRIM(MID(${apart},${i * 200 + 1},200))`),
  );
  const repeats = pieces.slice(1).map((piece, i) => {
    const earlier = pieces.slice(0, i + 1).map((other) => `(${other}=${piece})`);
    return `(${piece}<>"")*${anyOf(...earlier)}`;
  });
  return compute("关键词数", `IF(${text}="",0,1+${spaces(text)}-(${repeats.join("+")}))`);
}

export const subKeywords = defineRule({
  code: "SUB-KEYWORDS",
  name: "关键词个数不符",
  severity: "error",
  finds: ({ keywords }) => `关键词不足 ${keywords.value.min} 个或多于 ${keywords.value.max} 个；重复的只算一个。`,
  remedy: "增减关键词，用顿号隔开。",
  article: (notice) => notice.keywords.article,
  live: {
    problems(live) {
      const { limit } = live;
      const count = countKeywords(live);
      return when(
        anyOf(`${count}<${limit("keywordsMin")}`, `${count}>${limit("keywordsMax")}`),
        quote(`${named("keywords")} `),
        count,
        quote(" 个，应为 "),
        limit("keywordsMin"),
        quote("—"),
        limit("keywordsMax"),
        quote(" 个"),
      );
    },
    // Only letters and characters without a second form are certainly as many keywords as they look.
    provided({ cell, limit }, row) {
      const text = cell("关键词分", row);
      const codes = `UNICODE(MID(${text}&REPT("x",200),ROW($A$1:$A$200),1))`;
      const plain = `(${codes}<127)+(${codes}>=19968)*(${codes}<=40959)`;
      return `IF(${cell("关键词数", row)}<${limit("keywordsMin")},1,(LEN(${text})<200)*(SUMPRODUCT(1*(${plain}>0))=200))=1`;
    },
    leaves: "个数过多而含全角、特殊符号或零宽字符的；前几个之后重复的。",
  },
  ofEachCase: true,
  *check(context) {
    const { min, max } = context.settings.notice.keywords.value;
    for (const submission of context.submissions) {
      const entries = splitKeywords(submission.record.text("keywords"));
      const distinct = new Set(entries.map((entry) => cleanIdentifier(entry).toLowerCase())).size;
      if (distinct >= min && distinct <= max) continue;
      const repeated = distinct < entries.length ? "（重复的只算一个）" : "";
      const message = `关键词有 ${distinct} 个${repeated}，应为 ${min}—${max} 个；请${distinct < min ? "补足" : "删减"}，用顿号隔开。`;
      yield atSubmission(context, submission, "keywords", message);
    }
  },
});
