import type { SubmissionRow } from "../award-builder.ts";
import { date, directSchool, xingqing } from "../award-builder.ts";
import { type RuleTable, submitted, written } from "./rule-table.ts";

const ticked = (more: SubmissionRow = {}): SubmissionRow => ({ recommended: "是", ...more });
const many = (count: number, row: SubmissionRow) => Array.from({ length: count }, () => ticked(row));
const schoolRow: SubmissionRow = { nominator: directSchool.name ?? null, track: null };
const two = { 教育局城市赛道名额: 2, 教育局乡村赛道名额: 1 };

const byTrack: RuleTable = {
  code: "QUOTA-TRACK",
  cases: [
    { name: "35 urban and 15 rural", parts: submitted(...many(35, {}), ...many(15, { track: "乡村" })), finds: [] },
    {
      name: "36 urban, the lowest score is past the quota",
      parts: submitted(...many(35, {}), ticked({ firstScore: 60.5 })),
      finds: [{ at: "案例!37 推荐", says: ["教学革新", "城市", "36 个", "名额 35 个", "60.5", "第 36"] }],
    },
    {
      name: "16 rural",
      parts: submitted(...many(15, { track: "乡村" }), ticked({ track: "乡村", firstScore: 1 })),
      finds: [{ at: "案例!17 推荐" }],
    },
    {
      name: "score high first, empty last, then the lower id",
      parts: {
        ...submitted(
          ticked({ id: "A9", firstScore: null }),
          ticked({ id: "A8", firstScore: 0 }),
          ticked({ id: "A3", firstScore: 90 }),
          ticked({ id: "A2", firstScore: 90 }),
          ticked({ id: "A1", firstScore: 90 }),
        ),
        settings: two,
      },
      finds: [{ at: "案例!2 推荐", says: ["没有初评得分"] }, { at: "案例!3 推荐" }, { at: "案例!4 推荐" }],
    },
    {
      name: "an empty score comes after a score of 0",
      parts: {
        ...submitted(ticked(), ticked({ id: "A1", firstScore: null }), ticked({ id: "A2", firstScore: 0 })),
        settings: two,
      },
      finds: [{ at: "案例!3 推荐" }],
    },
    {
      name: "fields, tracks and units are counted apart",
      parts: {
        ...submitted(ticked(), ticked(), ticked({ field: "教研创新" }), ticked({ track: "乡村" }), {
          recommended: "否",
        }),
        settings: two,
      },
      finds: [],
    },
    {
      name: "rows of no valid group count in none",
      parts: {
        ...submitted(
          ticked(),
          ticked(),
          ticked({ field: "教学" }),
          ticked({ track: null }),
          ticked({ nominator: "不存在的教育局" }),
        ),
        settings: two,
      },
      finds: [],
      also: ["SUB-VALUE", "SUB-REQUIRED", "SUB-NOMINATOR", "QUOTA-INELIGIBLE"],
    },
    {
      name: "a cancelled row still uses up quota",
      parts: { ...submitted(ticked({ status: "取消资格" }), ticked(), ticked({ firstScore: 60 })), settings: two },
      finds: [{ at: "案例!4 推荐" }],
      also: ["QUOTA-INELIGIBLE"],
    },
  ],
};

const bySchool: RuleTable = {
  code: "QUOTA-SCHOOL",
  cases: [
    {
      name: "5 in each of two fields",
      parts: {
        units: [xingqing, directSchool],
        submissions: [...many(5, schoolRow), ...many(5, { ...schoolRow, field: "教研创新" })],
      },
      finds: [],
    },
    {
      name: "6 in one field",
      parts: {
        units: [xingqing, directSchool],
        submissions: [ticked({ ...schoolRow, firstScore: 10 }), ...many(5, schoolRow)],
      },
      finds: [{ at: "案例!2 推荐", says: ["厅直属第一示例学校", "教学革新", "6 个", "名额 5 个"] }],
    },
    {
      name: "6 in one field, whatever their track says",
      parts: {
        units: [xingqing, directSchool],
        submissions: [
          ...many(5, { ...schoolRow, track: "城市" }),
          ticked({ ...schoolRow, track: "乡村", firstScore: 10 }),
        ],
      },
      finds: [{ at: "案例!7 推荐" }],
      also: ["SUB-TRACK"],
    },
  ],
};

const window: RuleTable = {
  code: "QUOTA-WINDOW",
  cases: [
    {
      name: "first day, last day, none",
      parts: submitted({ recommendedOn: date("2025-10-16") }, { recommendedOn: "2025.10.30" }, ticked()),
      finds: [],
    },
    {
      name: "a day before and a day after",
      parts: submitted(ticked({ recommendedOn: date("2025-10-15") }), ticked({ recommendedOn: date("2025-10-31") })),
      finds: [
        { at: "案例!2 推荐日期", says: ["2025-10-15", "早于", "2025-10-16"] },
        { at: "案例!3 推荐日期", says: ["2025-10-31", "晚于", "2025-10-30"] },
      ],
    },
  ],
};

const ineligible: RuleTable = {
  code: "QUOTA-INELIGIBLE",
  cases: [
    { name: "clean, 状态 有效 or empty", parts: submitted(ticked(), ticked({ status: null })), finds: [] },
    {
      name: "an error",
      parts: submitted(ticked({ priorAward: "是" })),
      finds: [{ at: "案例!2 推荐", says: ["还有错误", "曾获表彰"] }],
      also: ["SUB-PRIOR-AWARD"],
    },
    {
      name: "the same error, not recommended",
      parts: submitted({ priorAward: "是" }),
      finds: [],
      also: ["SUB-PRIOR-AWARD"],
    },
    {
      name: "cancelled",
      parts: submitted(ticked({ status: "取消资格" })),
      finds: [{ at: "案例!2 推荐", says: ["取消资格"] }],
    },
    {
      name: "an error in its text",
      parts: written({ summary: "课题由柏翊霏老师主持。" }, ticked({ "author1.name": "柏翊霏" })),
      finds: [{ at: "案例!2 推荐", says: ["还有错误", "案例概要"] }],
      also: ["ANON-NAME"],
    },
    {
      name: "a ruined identifier",
      parts: submitted(ticked({ phone: "1.39E+10" })),
      finds: [{ at: "案例!2 推荐" }],
      also: ["DATA-PRECISION"],
    },
    {
      name: "a warning is no error",
      parts: submitted(ticked({ videoBrand: null })),
      finds: [],
      also: ["VIDEO-UNKNOWN"],
    },
    {
      name: "an error of QUOTA-* is none",
      parts: submitted(ticked({ recommendedOn: date("2025-11-02") })),
      finds: [],
      also: ["QUOTA-WINDOW"],
    },
  ],
};

export const quotaTables: readonly RuleTable[] = [byTrack, bySchool, window, ineligible];
