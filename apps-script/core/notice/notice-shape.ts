import { parseCivilDate } from "../text/civil-date.ts";
import {
  boolean,
  type Check,
  cited,
  exactly,
  integer,
  list,
  number,
  object,
  plain,
  record,
  text,
} from "./json-shape.ts";

/** Marks that separate entries in cells and in the keys of groups. */
const separators = /[、，,；;|"\n]/;

const named = "名称，不含顿号、逗号、分号和竖线";
const label = plain(
  named,
  (value) => typeof value === "string" && value.trim() === value && value !== "" && !separators.test(value),
  "text",
  `写在双引号里的${named}`,
);

const key = plain(
  "英文字母开头、只含字母和数字的代号",
  (value) => typeof value === "string" && /^[A-Za-z][A-Za-z0-9]*$/.test(value),
);

const id = plain(
  "小写字母、数字和连字符组成的编号，如 example-2026",
  (value) => typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
);

const date = plain(
  "日期，如 2026-07-15",
  (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && parseCivilDate(value) === value,
  "date",
);

const extension = plain(
  "不带点的小写扩展名，如 mp4",
  (value) => typeof value === "string" && /^[a-z0-9]+$/.test(value),
);

const halfPoints = plain(
  "0.5 的倍数，0.5—100 分",
  (value) => typeof value === "number" && value >= 0.5 && value <= 100 && Number.isInteger(value * 2),
  "number",
);

const window = cited(object({ from: ["开始日期", date], to: ["截止日期", date] }));
const between = (least: number, most: number) =>
  cited(object({ min: ["最少", integer(least, most)], max: ["最多", integer(least, most)] }));
const count = cited(integer(0, 10_000));
const words = cited(integer(1, 100_000));

const field = object({
  key: ["代号", key],
  label: ["名称", label],
  longLabels: ["其他写法", list(label, 0)],
  roles: ["征集对象", cited(list(label))],
  totalWordsStrict: ["总字数是否严格控制", cited(boolean)],
  criteria: ["评分依据", cited(record(text))],
});

/** What a notice must hold, with what people call each part; the same shape as `Notice`. */
export const noticeShape: Check = object({
  id: ["通知编号", id],
  title: ["名称", text],
  year: ["年份", integer(2000, 2100)],
  fields: ["领域", list(field)],
  tracks: [
    "赛道",
    list(
      object({
        key: ["代号", plain("urban 或 rural", (value) => value === "urban" || value === "rural")],
        label: ["名称", label],
        aliases: ["其他写法", list(label, 0)],
      }),
      2,
    ),
  ],
  stages: ["学段", list(label)],
  otherStage: ["其他学段", label],
  roles: ["身份", list(object({ label: ["名称", label], aliases: ["其他写法", list(label, 0)] }))],
  limits: [
    "人数和次数限制",
    object({
      // 案例 has columns for so many.
      authors: ["每个案例的作者", cited(integer(1, 5))],
      firstAuthored: ["每人作第一作者的案例", cited(integer(1, 50))],
      participations: ["每人参与的案例", cited(integer(1, 50))],
    }),
  ],
  quotas: [
    "名额",
    object({
      bureau: ["教育局", object({ urban: ["城市", count], rural: ["乡村", count] })],
      school: ["厅直属学校", count],
    }),
  ],
  text: [
    "字数",
    object({
      sections: [
        "各部分",
        object({
          summary: ["案例概要", words],
          innovation: ["特色与创新点", words],
          process: ["研究和实践过程", words],
          application: ["应用情况及推广价值", words],
        }),
      ],
      total: ["总字数", words],
    }),
  ],
  keywords: ["关键词个数", between(0, 50)],
  video: [
    "视频",
    object({
      extension: ["格式", cited(extension)],
      resolution: ["分辨率", cited(object({ width: ["宽", integer(1, 20_000)], height: ["高", integer(1, 20_000)] }))],
      minutes: ["时长（分钟）", between(0, 1_000)],
      recencyYears: ["录制年限", cited(integer(1, 50))],
      subtitles: ["字幕", cited(exactly(true, "须有字幕"))],
      titleCard: ["片头", cited(exactly(true, "须有片头案例名"))],
      brand: ["品牌标识", cited(exactly(false, "不得有品牌标识"))],
    }),
  ],
  windows: [
    "时间安排",
    object({
      submission: ["提交", window],
      recommendation: ["推荐", window],
      review: ["评审", window],
      results: ["公布结果", window],
    }),
  ],
  expertDeadline: ["专家推荐截止日期", cited(date)],
  experts: [
    "专家人数",
    object({
      bureauPerStage: ["教育局每个学段", cited(integer(0, 100))],
      school: ["厅直属学校", cited(integer(0, 100))],
    }),
  ],
  liaisons: ["联络员人数", cited(integer(0, 20))],
  contact: ["联系电话", cited(text)],
  anonymity: ["匿名要求", object({ article: ["依据", text] })],
  cancellation: [
    "取消资格",
    object({
      article: ["依据", text],
      kinds: ["类别", list(object({ label: ["名称", label], circular: ["是否通报", boolean] }))],
    }),
  ],
  rubric: [
    "评分标准",
    object({
      dimensions: ["维度", list(object({ key: ["代号", key], label: ["名称", label] }))],
      items: [
        "评分项",
        list(
          object({
            key: ["代号", key],
            label: ["名称", label],
            dimension: ["所属维度", key],
            max: ["满分", halfPoints],
          }),
        ),
      ],
      tieOrder: ["同分时比较的维度", list(key, 0)],
      article: ["依据", text],
    }),
  ],
  defaults: [
    "通知没有规定的默认值",
    object({
      reviews: ["每案评审专家数", integer(1, 20)],
      arbitrationRange: ["极差复评阈值", number(0, 100)],
      awards: ["奖项", list(object({ label: ["名称", label], share: ["比例", number(0.0001, 1)] }))],
      nearDuplicate: ["文本雷同阈值", number(0.2, 1)],
      seed: ["分派随机种子", integer(0, 4_294_967_295)],
    }),
  ],
});
