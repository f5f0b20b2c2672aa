import { isBuiltIn } from "../notice/built-in.ts";
import type { Fault } from "../notice/json-shape.ts";
import type { Notice } from "../notice/notice.ts";
import { foldForComparison } from "../text/clean.ts";
import { quoteEach } from "../text/list.ts";
import { rankingSheet, scoreSheet, scoresSheet } from "./review.ts";

/** Places as the file writes them, which a form does not show: `（fields[0]）`. */
const placesInFile = /（[a-z][\w.[\]]*）/gi;

/**
 * @param path where in the notice people mend it
 * @param besideField where a form says it in other words
 */
const nonsense = (path: string, message: string, besideField = message): Fault => ({
  path,
  message,
  besideField: besideField.replace(placesInFile, ""),
});

/** What is there twice, each once. */
function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, i) => texts.indexOf(text) !== i))];
}

/** Labels and keys by which cells, columns and groups are found must be distinct. */
function* findRepeated(notice: Notice): Iterable<Fault> {
  const { fields, tracks, roles, stages, otherStage, rubric, cancellation, defaults } = notice;
  const named: readonly (readonly [what: string, path: string, which: string, texts: readonly string[]])[] = [
    ["领域", "fields", "的代号", fields.map((f) => f.key)],
    ["领域", "fields", "的名称和其他写法", fields.flatMap((f) => [f.label, ...f.longLabels]).map(foldForComparison)],
    ["赛道", "tracks", "的代号", tracks.map((t) => t.key)],
    ["赛道", "tracks", "的名称和其他写法", tracks.flatMap((t) => [t.label, ...t.aliases]).map(foldForComparison)],
    ["身份", "roles", "的名称和其他写法", roles.flatMap((r) => [r.label, ...r.aliases]).map(foldForComparison)],
    ["学段", "stages", "和其他学段（otherStage）", [...stages, otherStage]],
    ["取消类别", "cancellation.kinds", "", cancellation.kinds.map((k) => k.label)],
    ["评分项", "rubric.items", "的代号", rubric.items.map((item) => item.key)],
    ["维度", "rubric.dimensions", "的代号", rubric.dimensions.map((d) => d.key)],
    ["同分时比较的维度", "rubric.tieOrder", "", rubric.tieOrder],
    ["奖项", "defaults.awards", "", defaults.awards.map((a) => a.label)],
  ];
  for (const [what, path, which, texts] of named) {
    const twice = repeated(texts);
    if (twice.length > 0)
      yield nonsense(path, `${what}（${path}）${which}里重复出现${quoteEach(twice)}，请改成不同的。`);
  }
}

/** Items and dimensions are columns, which people and programs find by their labels. */
function* findTakenLabels(notice: Notice): Iterable<Fault> {
  const taken = new Set<string>();
  for (const sheet of [scoresSheet(notice), scoreSheet(notice), rankingSheet(notice)]) {
    const columns = sheet.columns as readonly { readonly key: string; readonly label: string }[];
    const twice = repeated(columns.map(({ label }) => foldForComparison(label)));
    if (twice.length > 0)
      yield nonsense(
        "rubric",
        `评分项或维度（rubric）的名称${quoteEach(twice)}与“${sheet.label}”表的其他列同名，请换一个名称。`,
      );
    for (const key of repeated(columns.map((column) => column.key))) taken.add(key);
  }
  if (taken.size > 0)
    yield nonsense(
      "rubric.dimensions",
      `维度（rubric.dimensions）的代号${quoteEach([...taken])}另有用处，请换一个代号。`,
    );
}

function* findLooseEnds({ fields, roles, rubric }: Notice): Iterable<Fault> {
  const { items, dimensions, tieOrder } = rubric;
  const itemKeys = items.map((item) => item.key);
  for (const [i, field] of fields.entries()) {
    const place = `领域“${field.label}”（fields[${i}]）`;
    const strange = field.roles.value.filter((role) => !roles.some(({ label }) => label === role));
    if (strange.length > 0)
      yield nonsense(`fields[${i}].roles.value`, `${place}的征集对象${quoteEach(strange)}没有列在身份（roles）里。`);
    const given = Object.keys(field.criteria.value);
    const missing = itemKeys.filter((key) => !given.includes(key));
    if (missing.length > 0)
      yield nonsense(
        `fields[${i}].criteria.value`,
        `${place}的评分依据（criteria）缺少评分项 ${missing.join("、")}。`,
        `${place}的评分依据缺少${quoteEach(items.filter(({ key }) => missing.includes(key)).map(({ label }) => label))}。`,
      );
    const unknown = given.filter((key) => !itemKeys.includes(key));
    if (unknown.length > 0)
      yield nonsense(
        `fields[${i}].criteria.value`,
        `${place}的评分依据（criteria）里的 ${unknown.join("、")} 不是评分项的代号。`,
      );
  }
  const known = dimensions.map((d) => d.key);
  for (const [i, item] of items.entries()) {
    if (!known.includes(item.dimension))
      yield nonsense(
        `rubric.items[${i}].dimension`,
        `评分项“${item.label}”（rubric.items）的所属维度 ${item.dimension} 没有列在维度（rubric.dimensions）里。`,
      );
  }
  for (const [i, { key, label }] of dimensions.entries()) {
    if (!items.some((item) => item.dimension === key))
      yield nonsense(`rubric.dimensions[${i}]`, `维度“${label}”（rubric.dimensions）没有评分项。`);
  }
  const lost = tieOrder.filter((key) => !known.includes(key));
  if (lost.length > 0)
    yield nonsense("rubric.tieOrder", `同分时比较的维度（rubric.tieOrder）里的 ${lost.join("、")} 不是维度的代号。`);
}

function* findContradictions(notice: Notice): Iterable<Fault> {
  const { windows, keywords, video, limits, rubric, defaults } = notice;
  const names = { submission: "提交", recommendation: "推荐", review: "评审", results: "公布结果" } as const;
  for (const key of Object.keys(names) as (keyof typeof names)[]) {
    const { from, to } = windows[key].value;
    if (from > to)
      yield nonsense(
        `windows.${key}.value.to`,
        `${names[key]}时间（windows.${key}）的截止日期 ${to} 早于开始日期 ${from}。`,
      );
  }
  for (const [name, path, { min, max }] of [
    ["关键词个数", "keywords", keywords.value],
    ["视频时长", "video.minutes", video.minutes.value],
  ] as const) {
    if (min > max) yield nonsense(`${path}.value.max`, `${name}（${path}）的最少 ${min} 大于最多 ${max}。`);
  }
  if (limits.firstAuthored.value > limits.participations.value)
    yield nonsense(
      "limits.firstAuthored.value",
      `每人作第一作者的案例（limits.firstAuthored）${limits.firstAuthored.value} 个，多于每人参与的案例（limits.participations）${limits.participations.value} 个。`,
    );
  const points = rubric.items.reduce((sum, item) => sum + item.max, 0);
  if (points !== 100)
    yield nonsense("rubric.items", `各评分项（rubric.items）的满分合计应为 100 分，现在是 ${points} 分。`);
  const share = defaults.awards.reduce((sum, award) => sum + award.share, 0);
  if (share > 1 + 1e-9)
    yield nonsense(
      "defaults.awards",
      `各奖项（defaults.awards）的比例合计不能超过 1，现在是 ${Math.round(share * 1e4) / 1e4}。`,
    );
}

/** What a notice of the right shape says that cannot be meant, in Chinese; none for a sound one. */
export function findNonsense(notice: Notice): Fault[] {
  const taken = isBuiltIn(notice.id)
    ? [
        nonsense(
          "id",
          `通知编号（id）${notice.id} 是随程序附带的通知，请换一个编号。`,
          `${notice.id} 是随程序附带的通知，请换一个编号，如 ${notice.id.replace(/\d+$/, (year) => String(Number(year) + 1))}；它用作文件夹的名称。`,
        ),
      ]
    : [];
  const repeats = [...findRepeated(notice)];
  // A label that is there twice would be reported once more for each sheet.
  const labels = repeats.length > 0 ? [] : findTakenLabels(notice);
  return [...taken, ...repeats, ...labels, ...findLooseEnds(notice), ...findContradictions(notice)];
}
