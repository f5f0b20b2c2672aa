import type { SubmissionKey } from "../award/award.ts";
import type { Notice } from "../notice/notice.ts";
import { submissionsSheet } from "../schema/application.ts";
import { choicesOf } from "../schema/choice-lists.ts";
import { cancelled, unitKindLabels, yes } from "../schema/choices.ts";
import { columnOf } from "../schema/sheet-spec.ts";
import { type Place, rangeIn } from "../tables/place.ts";
import { listMarks } from "../text/list.ts";
import { quote, readDate, substituteAll } from "../workbook/formula.ts";
import { nothing } from "./calculation-sheet.ts";
import { flag, flags, holdsPlaceholder } from "./live-people.ts";
import { authorSlots, usableIdentifier } from "./person-counts.ts";
import { named, oneOf, type ProblemSources, together, when } from "./problem-text.ts";

const required: readonly SubmissionKey[] = [
  "id",
  "title",
  "field",
  "stage",
  "nominator",
  "author1.name",
  "author1.unit",
  "author1.account",
  "author1.role",
  "submittedOn",
];

/** Columns whose headers are shown as obligatory. */
export const requiredColumns: readonly SubmissionKey[] = [...required, "videoFile", "keywords"];

/** SUB-REQUIRED. */
export function missingCells({ submissions, unitKind, compute }: ProblemSources): string {
  const identifying = required.filter((key) => columnOf(submissionsSheet, key).identifies !== undefined);
  const placeholders = compute(
    "占位",
    flags(
      identifying.map((key) =>
        holdsPlaceholder(rangeIn(submissions, key), columnOf(submissionsSheet, key).identifies === "title"),
      ),
    ),
  );
  const empty = (key: SubmissionKey) => {
    const blank = `(TRIM(${rangeIn(submissions, key)})="")`;
    const at = identifying.indexOf(key);
    return at < 0 ? blank : `(${blank}+${flag(placeholders, at)}>0)`;
  };
  const names = required.map((key) => `IF(${empty(key)},${quote(named(key))},"")`);
  names.push(`IF((${unitKind}=${quote(unitKindLabels.bureau)})*${empty("track")},${quote(named("track"))},"")`);
  const count = [...required.map(empty), `(${unitKind}=${quote(unitKindLabels.bureau)})*${empty("track")}`].join("+");
  return `IF(${count}>0,"；缺"&${together(...names)},"")`;
}

/** SUB-VALUE, SUB-NOMINATOR, DATA-PRECISION, SUB-ID-DUPLICATE. */
export function wrongValues(sources: ProblemSources): string {
  const { notice, submissions, unitKind, people } = sources;
  const at = (key: SubmissionKey) => rangeIn(submissions, key);
  const listed: readonly [SubmissionKey, readonly string[]][] = [
    ["field", notice.fields.flatMap((f) => [f.label, ...f.longLabels])],
    ["stage", choicesOf("submissionStages", notice)],
    ...choiceColumns().map(([key, source]): [SubmissionKey, readonly string[]] => [key, choicesOf(source, notice)]),
  ];
  const track = notice.tracks.flatMap((t) => [t.label, ...t.aliases]);
  const accounts = authorSlots.map((k): [SubmissionKey, string] => [
    `author${k}.account`,
    `(TRIM(${at(`author${k}.account`)})<>"")*(${people.account(k)}="")`,
  ]);
  const ruined = (key: SubmissionKey): [SubmissionKey, string] => [
    key,
    `(TRIM(${at(key)})<>"")*(${usableIdentifier(at(key))}="")`,
  ];
  const dates: readonly [SubmissionKey, string][] = [
    ["submittedOn", sources.submittedOn],
    ["videoRecordedOn", sources.recordedOn],
    ["recommendedOn", sources.recommendedOn],
  ];
  const score = at("firstScore");
  return together(
    ...listed.map(([key, entries]) =>
      when(`(${at(key)}<>"")*(1-${oneOf(at(key), entries)})`, quote(`${named(key)}不在可选项内`)),
    ),
    when(
      `(${at("track")}<>"")*(${unitKind}<>${quote(unitKindLabels.school)})*(1-${oneOf(at("track"), track)})`,
      quote(`${named("track")}不在可选项内`),
    ),
    when(`(${at("nominator")}<>"")*(${unitKind}=${quote(nothing)})`, quote(`${named("nominator")}不是单位名称`)),
    when(
      `IF(${score}="",0,IFERROR((VALUE(${score})<0)+(VALUE(${score})>100),1))>0`,
      quote(`${named("firstScore")}应为 0—100 的数`),
    ),
    ...dates.map(([key, date]) => when(`${date}<0`, quote(`${named(key)}不是日期`))),
    ...[ruined("id"), ...accounts, ruined("phone")].map(([key, condition]) =>
      when(condition, quote(`${named(key)}的位数已丢失，请按文本重填`)),
    ),
    when(`${sources.sameId}>1`, quote(`${named("id")}在 `), sources.sameId, quote(" 行出现")),
  );
}

function choiceColumns() {
  return submissionsSheet.columns.flatMap((column) => {
    const source = "choices" in column ? column.choices : undefined;
    const plain =
      source === "yesNo" || source === "presence" || source === "submissionStatus" || source === "cancellationKinds";
    return plain ? [[column.key, source] as const] : [];
  });
}

/** AUTHOR-CELL, AUTHOR-COUNT, AUTHOR-FIRST-LIMIT, AUTHOR-TOTAL-LIMIT, AUTHOR-REPEATED, SUB-ELIGIBILITY. */
export function authorProblems({
  notice,
  submissions,
  limit,
  people,
  compute,
  isEntered,
  holdsSeveral,
}: ProblemSources): string {
  const at = (key: SubmissionKey) => rangeIn(submissions, key);
  const others = substituteAll(`TRIM(${at("otherAuthors")})`, [
    ["，", "、"],
    [",", "、"],
    ["；", "、"],
    [";", "、"],
  ]);
  const count = compute(
    "作者数",
    `${authorSlots.map(isEntered).join("+")}+IF((TRIM(${at("otherAuthors")})="")+${holdsPlaceholder(at("otherAuthors"))}>0,0,1+LEN(${others})-LEN(SUBSTITUTE(${others},"、","")))`,
  );
  const surplus = `IF(${at("otherAuthors")}="",${quote(named("author5.name"))},${quote(named("otherAuthors"))})`;
  const slotName = (k: (typeof authorSlots)[number]) => named(`author${k}.name`);
  return together(
    when(
      `${count}>${limit("authors")}`,
      surplus,
      quote("作者共 "),
      count,
      quote(" 人，限 "),
      limit("authors"),
      quote(" 人"),
    ),
    when(
      `${people.led}>${limit("firstAuthored")}`,
      quote(`${slotName(1)}任第一作者 `),
      people.led,
      quote(" 个案例，限 "),
      limit("firstAuthored"),
      quote(" 个"),
    ),
    ...authorSlots.map((k) =>
      when(
        `${people.participations(k)}>${limit("participations")}`,
        quote(`${slotName(k)}参与 `),
        people.participations(k),
        quote(" 个案例，限 "),
        limit("participations"),
        quote(" 个"),
      ),
    ),
    ...authorSlots.map((k) =>
      when(`${holdsSeveral(k)}>0`, quote(`${slotName(k)}一格只填一人，其余的请分填到后面的作者各列`)),
    ),
    when(`${people.repeated}>0`, quote("「作者"), people.repeated, quote("」与前面的作者是同一人")),
    ...authorSlots.map((k) => {
      const role = at(`author${k}.role`);
      // 无 in all cells of an author: there is none.
      const isSomebody = `(1-${holdsPlaceholder(role, true)}*(1-${isEntered(k)}))`;
      return roleProblem(notice, at("field"), role, isSomebody, named(`author${k}.role`));
    }),
  );
}

function roleProblem(notice: Notice, field: string, role: string, isSomebody: string, name: string): string {
  const spellings = (labels: readonly string[]) =>
    notice.roles.filter((r) => labels.includes(r.label)).flatMap((r) => [r.label, ...r.aliases]);
  const all = notice.roles.map((r) => r.label);
  const groups = new Map<string, string[]>();
  for (const { label, longLabels, roles } of notice.fields) {
    if (all.every((r) => roles.value.includes(r))) continue;
    const key = roles.value.join("、");
    groups.set(key, [...(groups.get(key) ?? []), label, ...longLabels]);
  }
  const excluded = [...groups].map(
    ([allowed, fields]) => `${oneOf(field, fields)}*(1-${oneOf(role, spellings(allowed.split("、")))})`,
  );
  const known = oneOf(role, spellings(all));
  return together(
    when(`(${role}<>"")*(1-${known})*${isSomebody}`, quote(`${name}不在可选项内`)),
    excluded.length === 0 ? '""' : when(`${known}*(${excluded.join("+")})`, quote(`${name}不在该领域的征集对象内`)),
  );
}

const sections = [
  ["wordsSummary", "summary"],
  ["wordsInnovation", "innovation"],
  ["wordsProcess", "process"],
  ["wordsApplication", "application"],
] as const;

interface WordTotal {
  readonly words: string;
  readonly isStrict: string;
}

function totalOf({ notice, submissions }: ProblemSources): WordTotal {
  const at = (key: SubmissionKey) => rangeIn(submissions, key);
  const sum = sections.map(([key]) => `IFERROR(VALUE(${at(key)}),0)`).join("+");
  const strict = notice.fields.filter((f) => f.totalWordsStrict.value).flatMap((f) => [f.label, ...f.longLabels]);
  return {
    words: `IF(${at("wordsTotal")}="",${sum},IFERROR(VALUE(${at("wordsTotal")}),0))`,
    isStrict: strict.length === 0 ? "0" : oneOf(at("field"), strict),
  };
}

const tooMany = (words: string, limit: string) => [quote("共 "), words, quote(" 字，限 "), limit, quote(" 字")];

/** TEXT-SECTION, and TEXT-TOTAL where it is strict. */
export function textProblems(sources: ProblemSources): string {
  const { submissions, limit } = sources;
  const { words, isStrict } = totalOf(sources);
  return together(
    ...sections.map(([key, section]) => {
      const range = rangeIn(submissions, key);
      return when(`IFERROR(VALUE(${range}),0)>${limit(section)}`, quote(named(key)), ...tooMany(range, limit(section)));
    }),
    when(`(${words}>${limit("total")})*${isStrict}`, quote(named("wordsTotal")), ...tooMany(words, limit("total"))),
  );
}

/** As `splitKeywords` splits them: at separators, or at spaces where there is nothing else. */
function countKeywords(range: string, compute: ProblemSources["compute"]): string {
  const spaced = substituteAll(range, [
    ["\u3000", " "],
    ["\u00a0", " "],
  ]);
  const joined = compute("关键词", `SUBSTITUTE(${spaced}," ","")`);
  const marks = [...listMarks].reduce((text, mark) => `SUBSTITUTE(${text},${quote(mark)}," ")`, joined);
  const breaks = [9, 10, 13].reduce((text, code) => `SUBSTITUTE(${text},CHAR(${code})," ")`, marks);
  const separated = compute("关键词分", breaks);
  const spaces = (text: string) => `LEN(${text})-LEN(SUBSTITUTE(${text}," ",""))`;
  const words = `1+${spaces(`TRIM(${spaced})`)}`;
  const alone = `IF(LEN(${joined})=${words},1,${words})`;
  return `IF(TRIM(${separated})="",0,IF(${separated}<>${joined},1+${spaces(`TRIM(${separated})`)},${alone}))`;
}

/** SUB-KEYWORDS, SUB-WINDOW, SUB-PRIOR-AWARD, QUOTA-WINDOW, and what a cancelled row may not be. */
export function otherProblems({ submissions, limit, compute, submittedOn, recommendedOn }: ProblemSources): string {
  const at = (key: SubmissionKey) => rangeIn(submissions, key);
  const count = compute("关键词数", countKeywords(at("keywords"), compute));
  const outside = (date: string, from: string, to: string) => `(${date}>0)*((${date}<${from})+(${date}>${to}))>0`;
  const span = (from: string, to: string) => [`TEXT(${from},"yyyy-mm-dd")`, quote(" 至 "), `TEXT(${to},"yyyy-mm-dd")`];
  return together(
    when(
      `(${count}<${limit("keywordsMin")})+(${count}>${limit("keywordsMax")})>0`,
      quote(`${named("keywords")} `),
      count,
      quote(" 个，应为 "),
      limit("keywordsMin"),
      quote("—"),
      limit("keywordsMax"),
      quote(" 个"),
    ),
    when(
      outside(submittedOn, limit("submittedFrom"), limit("submittedTo")),
      quote(`${named("submittedOn")}不在 `),
      ...span(limit("submittedFrom"), limit("submittedTo")),
      quote(" 之间"),
    ),
    when(
      outside(recommendedOn, limit("recommendedFrom"), limit("recommendedTo")),
      quote(`${named("recommendedOn")}不在 `),
      ...span(limit("recommendedFrom"), limit("recommendedTo")),
      quote(" 之间"),
    ),
    when(`${at("priorAward")}=${quote(yes)}`, quote(`${named("priorAward")}的不得推荐`)),
    when(
      `(${at("status")}=${quote(cancelled)})*(${at("recommended")}=${quote(yes)})`,
      quote(`${named("recommended")}：已取消资格的不得推荐`),
    ),
  );
}

/** TEXT-TOTAL in principle, TEXT-MISSING, VIDEO-UNKNOWN, SUB-TRACK, AUTHOR-IDENTITY: worth a look, no error. */
export function warnings(sources: ProblemSources): string {
  const { submissions, limit, unitKind, people, isEntered, holdsSeveral } = sources;
  const at = (key: SubmissionKey) => rangeIn(submissions, key);
  const { words, isStrict } = totalOf(sources);
  const facts = [
    "videoResolution",
    "videoDuration",
    "videoRecordedOn",
    "videoSubtitles",
    "videoTitleCard",
    "videoBrand",
  ] as const;
  const counts = [...sections.map(([key]) => key), "wordsTotal"] as const;
  const accounts = authorSlots.slice(1).map((k) => {
    const account = at(`author${k}.account`);
    const missing = `((TRIM(${account})="")*(${people.account(k)}="")+${holdsPlaceholder(account)}>0)`;
    const wanted = `${isEntered(k)}*(1-${holdsSeveral(k)})`;
    return `IF(${wanted}*${missing}>0,${quote(named(`author${k}.account`))},"")`;
  });
  const unknown = together(
    `IF(TRIM(${at("videoFile")})="","",${together(...facts.map((key) => `IF(TRIM(${at(key)})="",${quote(named(key))},"")`))})`,
    ...accounts,
  );
  return together(
    when(`(${words}>${limit("total")})*(1-${isStrict})`, quote(named("wordsTotal")), ...tooMany(words, limit("total"))),
    when(counts.map((key) => `(TRIM(${at(key)})="")`).join("*"), quote(`${named("wordsTotal")}未填`)),
    when(
      `(${at("track")}<>"")*(${unitKind}=${quote(unitKindLabels.school)})`,
      quote(`${named("track")}厅直属学校不分赛道，请清空`),
    ),
    `IF(LEN(${unknown})=0,"","；未填"&${unknown})`,
  );
}

/** A date column as serial numbers: 0 when empty, -1 when unreadable. */
export function dateNumbers(submissions: Place, key: SubmissionKey): string {
  const range = rangeIn(submissions, key);
  return `IF(TRIM(${range})="",0,${readDate(range, "-1")})`;
}
