import type { SubmissionText } from "../award/award.ts";
import type { Field, Notice } from "../notice/notice.ts";
import type { ScoreRow } from "../review-book/read-review.ts";
import { sectionLabel, sections } from "../rules/text/sections.ts";
import { scoreSheet, scoreSheetLabels } from "../schema/review.ts";
import { helpOf } from "../schema/sheet-spec.ts";
import { rowHeight } from "../tables/row-height.ts";
import { chineseNumber } from "../text/chinese-number.ts";
import { chineseDate } from "../text/civil-date.ts";
import { cleanText } from "../text/clean.ts";
import { countWords } from "../text/count-words.ts";
import { quoteSheet } from "../workbook/formula.ts";
import type { CellEdit, CellValue, NoteEdit, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import {
  bodyStyle,
  columnOfKey,
  criteriaOf,
  linkFont,
  readingLayout,
  type ScoreSheetPlace,
  scoreStates,
  scoresLayout,
  stateFormula,
  totalFormula,
} from "./score-sheet-layout.ts";

/** A submission as its reviewer may see it. */
export interface AnonymousSubmission {
  readonly reviewId: string;
  readonly field: Field;
  readonly stage: string;
  readonly title: string;
  readonly keywords: string;
  readonly material: string;
  /** undefined when there is no text, or when something in it may give away who wrote it. */
  readonly text: SubmissionText | undefined;
  /** What the expert has sent in already. */
  readonly score: ScoreRow | undefined;
}

const titleRow = 1;
const hintRow = 2;
const headerRow = 3;

/** How the expert's number stands on each sheet; `collect` knows the sheet by it. */
export function expertLine(expert: string): string {
  return `专家编号：${expert}`;
}

const titleEdits = (title: CellValue, hint: string): CellEdit[] => [
  { row: titleRow, column: 1, value: title },
  { row: hintRow, column: 1, value: hint },
];

const headerEdits = (labels: readonly string[]): CellEdit[] =>
  labels.map((value, i) => ({ row: headerRow, column: i + 1, value }));

/**
 * 评分: one row a submission, an input for each item, 评语 and 回避.
 *
 * @param textsOf the submissions of 案例正文, in their order
 * @param spec with its columns in another order, as earlier versions had them
 */
export function scoresPatch(
  expert: string,
  submissions: readonly AnonymousSubmission[],
  notice: Notice,
  textsOf: readonly AnonymousSubmission[] = submissions,
  spec: ScoreSheetPlace["spec"] = scoreSheet(notice),
): SheetPatch {
  const firstRow = headerRow + 1;
  const place: ScoreSheetPlace = {
    spec,
    headerRow,
    firstRow,
    lastRow: headerRow + submissions.length,
    fields: submissions.map(({ field }) => field),
  };
  const textRows = placeTexts(textsOf, notice);
  const { items } = notice.rubric;
  const edits: CellEdit[] = [
    ...titleEdits(
      `评分表　　${expertLine(expert)}`,
      [
        `填写：只填浅黄色的格子。${chineseNumber(items.length)}项按“${scoreSheetLabels.rubric}”打分，可以打半分（如 8.5）；总分和状态自动计算，状态变为“${scoreStates.done}”就是评完了，填错的格子会变红。`,
        "跳转：点评审编号看全文，点领域看评分标准，在那里点评审编号或标题回到本表。",
        "回避：与案例有关联的不必打分，在“回避”列写“是”和原因，如：是，本人参与指导。",
        `交回：请在${chineseDate(notice.windows.review.value.to)}前保存并交回本文件。可以分几次交，已交的分数不会丢；文件名可以改，专家编号和评审编号请勿改动。`,
      ].join("\n"),
    ),
    ...headerEdits(spec.columns.map((column) => column.label)),
  ];
  submissions.forEach((submission, i) => {
    const row = firstRow + i;
    const put = (key: string, value: CellValue) => {
      if (value !== null && value !== "") edits.push({ row, column: columnOfKey(place, key), value });
    };
    // LibreOffice does not wrap a cell that is a link: these two are short.
    put("reviewId", linkTo(submission.reviewId, scoreSheetLabels.texts, textRows.get(submission.reviewId)));
    put("field", linkTo(submission.field.label, scoreSheetLabels.rubric, titleRow));
    put("stage", submission.stage);
    put("title", submission.title);
    put("material", submission.material);
    const halves = items.map((_, n) => submission.score?.items[n]);
    items.forEach((item, n) => {
      const value = halves[n];
      if (value !== undefined) put(`item.${item.key}`, value / 2);
    });
    put("comment", submission.score?.record.text("comment") ?? "");
    put("conflict", submission.score?.record.text("conflict") ?? "");
    const given = halves.filter((h) => h !== undefined);
    const total = given.length === 0 ? "" : given.reduce((a, b) => a + b, 0) / 2;
    const state =
      given.length === 0
        ? scoreStates.untouched
        : given.length === items.length
          ? scoreStates.done
          : scoreStates.partial;
    put("total", { kind: "formula", formula: totalFormula(place, notice, row), result: total });
    put("state", { kind: "formula", formula: stateFormula(place, notice, row), result: state });
  });
  return {
    name: scoreSheetLabels.scores,
    createBefore: null,
    edits,
    notes: headerNotes(place, notice),
    layout: scoresLayout(
      place,
      notice,
      submissions.map((s) => s.title),
      footerOf(scoreSheetLabels.scores, expert),
    ),
  };
}

const footerOf = (label: string, expert: string) => `${label}　${expertLine(expert)}　第 &P 页，共 &N 页`;

/** Help on the headers: what each item means in the fields of this expert. */
function headerNotes(place: ScoreSheetPlace, notice: Notice): NoteEdit[] {
  const items = notice.rubric.items.map((item) => ({
    row: headerRow,
    column: columnOfKey(place, `item.${item.key}`),
    text: [`${item.label}：0—${item.max} 分，以 0.5 为一档。`, ...criteriaOf(place.fields, item.key)].join("\n"),
  }));
  const helps = place.spec.columns.flatMap((column) => {
    const text = helpOf(column, notice);
    return text === undefined ? [] : [{ row: headerRow, column: columnOfKey(place, column.key), text }];
  });
  return [...items, ...helps];
}

/** Longer paragraphs are cut: a row of a spreadsheet cannot be higher than about 400 points. */
const chunkLength = 900;
const textWidths = [11, 20, 90, 11] as const;

/** The columns of 案例正文, and the part of each submission that bears its title: `collect` reads them again. */
export const textsHeader = ["评审编号", "部分", "内容"] as const;
export const titlePart = "案例名称";
/** Stands behind the name of a part in the rows that go on with it. */
export const continued = "（续）";

/** Stands behind them: 字数 of a section and its limit, which tell what 格式合规性 asks. */
const countHeader = "字数/限";

/** Pieces of at most `chunkLength` characters, cut after a line or a sentence where there is one. */
export function splitText(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > chunkLength) {
    const head = rest.slice(0, chunkLength);
    const cut = Math.max(head.lastIndexOf("\n"), head.lastIndexOf("。"), head.lastIndexOf("；"));
    let end = cut > chunkLength / 3 ? cut + 1 : chunkLength;
    // Never between the halves of a surrogate pair.
    const last = rest.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff) end--;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...pieces, rest].filter((piece) => piece !== "");
}

interface BlockRow {
  readonly part: string;
  readonly content: string;
  readonly height: number;
  /** "" where nothing is counted. */
  readonly count: string;
}

const blockRow = (part: string, content: string, count = ""): BlockRow => ({
  part,
  content,
  height: rowHeight(content, textWidths[2]),
  count,
});

/** The rows of a text, which several experts get. */
const rowsOfText = new WeakMap<NonNullable<AnonymousSubmission["text"]>, readonly BlockRow[]>();

function textRows(text: NonNullable<AnonymousSubmission["text"]>, { text: limits }: Notice): readonly BlockRow[] {
  const known = rowsOfText.get(text);
  if (known) return known;
  const rows = sections.flatMap(({ key }) => {
    const [part, limit, { low }] = [sectionLabel(key), limits.sections[key].value, countWords(text[key])];
    return splitText(cleanText(text[key])).map((piece, i) =>
      i === 0 ? blockRow(part, piece, `${low} / ${limit}`) : blockRow(`${part}${continued}`, piece),
    );
  });
  rowsOfText.set(text, rows);
  return rows;
}

function textBlock({ text, keywords, title }: AnonymousSubmission, notice: Notice): readonly BlockRow[] {
  const head = [blockRow(titlePart, title)];
  if (!text) return [...head, blockRow("正文", "（正文未随表提供，请看“评审材料”。）")];
  return [...head, ...(keywords === "" ? [] : [blockRow("关键词", keywords)]), ...textRows(text, notice)];
}

const inOrder = (submissions: readonly AnonymousSubmission[]) => {
  const rows = new Map(submissions.map(({ reviewId }, i) => [reviewId, headerRow + 1 + i]));
  return (reviewId: string) => rows.get(reviewId);
};

/** 评审编号 → the row of 案例正文 at which the submission begins. */
function placeTexts(submissions: readonly AnonymousSubmission[], notice: Notice): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  let next = headerRow + 1;
  for (const submission of submissions) {
    rows.set(submission.reviewId, next);
    next += textBlock(submission, notice).length;
  }
  return rows;
}

/** A text that leads to a row of another sheet of the file, where it has one. */
function linkTo(text: string, sheet: string, row: number | undefined): CellValue {
  return text === "" || row === undefined ? text : { kind: "link", text, target: `#${quoteSheet(sheet)}!A${row}` };
}

/**
 * 案例正文: a block of rows for each submission.
 *
 * @param scoreRow the row of 评分 that a 评审编号 leads back to
 */
export function textsPatch(
  expert: string,
  submissions: readonly AnonymousSubmission[],
  notice: Notice,
  scoreRow: (reviewId: string) => number | undefined = inOrder(submissions),
): SheetPatch {
  const edits: CellEdit[] = [
    ...titleEdits(
      `${scoreSheetLabels.texts}　　${expertLine(expert)}`,
      "按评审编号筛选，可以只看一个案例。视频和支撑材料请打开“评分”表里的评审材料。",
    ),
    ...headerEdits([...textsHeader, countHeader]),
  ];
  const heights = [
    { row: titleRow, height: 30 },
    { row: hintRow, height: 24 },
    { row: headerRow, height: 26 },
  ];
  const styles: NonNullable<SheetLayout["styles"]>[number][] = [];
  let row = headerRow;
  for (const submission of submissions) {
    const top = row + 1;
    const back = linkTo(submission.reviewId, scoreSheetLabels.scores, scoreRow(submission.reviewId));
    for (const { part, content, height, count } of textBlock(submission, notice)) {
      row++;
      edits.push(
        { row, column: 1, value: row === top ? back : submission.reviewId },
        { row, column: 2, value: part },
        { row, column: 3, value: content },
        ...(count === "" ? [] : [{ row, column: 4, value: count }]),
      );
      heights.push({ row, height });
    }
    styles.push({ area: { top, left: 1, bottom: top, right: 4 }, style: { fill: palette.band, font: { bold: true } } });
  }
  const last = Math.max(row, headerRow + 1);
  const body = (left: number, right: number) => ({ top: headerRow + 1, left, bottom: last, right });
  return {
    name: scoreSheetLabels.texts,
    createBefore: null,
    edits,
    layout: readingLayout({
      widths: textWidths,
      headerRow,
      lastRow: last,
      heights,
      styles: [
        // A link is a formula on Google, which a cell of texts would show as it is written.
        { area: body(1, 1), style: { horizontal: "center", vertical: "top", font: linkFont } },
        { area: body(2, 2), style: { horizontal: "center", vertical: "top", numberFormat: "@" } },
        { area: body(3, 3), style: { vertical: "top", numberFormat: "@" } },
        { area: body(4, 4), style: { horizontal: "center", vertical: "top", numberFormat: "@" } },
        ...styles,
      ],
      tabColor: palette.header,
      footer: footerOf(scoreSheetLabels.texts, expert),
      filtered: true,
    }),
  };
}

/** 评分标准: the items, and the wording of the notice for each field that this expert reviews. */
export function rubricPatch(expert: string, submissions: readonly AnonymousSubmission[], notice: Notice): SheetPatch {
  const fields = notice.fields.filter((field) => submissions.some((s) => s.field === field));
  const { items, dimensions } = notice.rubric;
  const widths = [14, 14, 8, ...fields.map(() => Math.max(36, Math.floor(112 / Math.max(1, fields.length))))];
  const edits: CellEdit[] = [
    ...titleEdits(
      linkTo(`${scoreSheetLabels.rubric}　　${expertLine(expert)}`, scoreSheetLabels.scores, headerRow + 1),
      `依据通知${notice.rubric.article}。${chineseNumber(items.length)}项满分合计 ${items.reduce((sum, item) => sum + item.max, 0)} 分，每项以 0.5 分为一档。`,
    ),
    ...headerEdits(["维度", "评分项", "分值", ...fields.map((field) => `${field.label}：评分依据`)]),
  ];
  const heights = [
    { row: titleRow, height: 30 },
    { row: hintRow, height: 24 },
    { row: headerRow, height: 26 },
  ];
  const merges: { top: number; left: number; bottom: number; right: number }[] = [];
  items.forEach((item, i) => {
    const row = headerRow + 1 + i;
    const dimension = dimensions.find((d) => d.key === item.dimension)?.label ?? "";
    const siblings = items.filter((other) => other.dimension === item.dimension);
    if (siblings[0] === item) {
      const points = siblings.reduce((sum, other) => sum + other.max, 0);
      edits.push({ row, column: 1, value: `${dimension}\n（${points}分）` });
      if (siblings.length > 1) merges.push({ top: row, left: 1, bottom: row + siblings.length - 1, right: 1 });
    }
    edits.push({ row, column: 2, value: item.label }, { row, column: 3, value: item.max });
    fields.forEach((field, f) => {
      edits.push({ row, column: 4 + f, value: field.criteria.value[item.key] ?? "" });
    });
    const tallest = Math.max(
      ...fields.map((field) => rowHeight(field.criteria.value[item.key] ?? "", widths[3] ?? 36)),
      24,
    );
    heights.push({ row, height: tallest });
  });
  const last = headerRow + items.length;
  const layout = readingLayout({
    widths,
    headerRow,
    lastRow: last,
    heights,
    styles: [
      { area: { top: headerRow + 1, left: 1, bottom: last, right: 3 }, style: { horizontal: "center" } },
      {
        area: { top: headerRow + 1, left: 1, bottom: last, right: 1 },
        style: { ...bodyStyle, horizontal: "center", fill: palette.band, font: { bold: true } },
      },
    ],
    tabColor: palette.header,
    footer: footerOf(scoreSheetLabels.rubric, expert),
    filtered: false,
  });
  return {
    name: scoreSheetLabels.rubric,
    createBefore: null,
    edits,
    layout: { ...layout, merges: [...(layout.merges ?? []), ...merges] },
  };
}
