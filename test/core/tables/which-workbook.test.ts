import { expect, test } from "vitest";
import { applicationSheetOrder } from "../../../apps-script/core/schema/application.ts";
import { reviewSheetOrder } from "../../../apps-script/core/schema/review.ts";
import { whichWorkbook } from "../../../apps-script/core/tables/which-workbook.ts";

test.for<{ name: string; sheets: readonly string[]; is: string | undefined }>([
  { name: "the shared workbook", sheets: applicationSheetOrder, is: "application" },
  {
    name: "of which people have deleted sheets",
    sheets: ["案例", "单位", "检查", "日志", "配额", "自己的"],
    is: "application",
  },
  { name: "the review workbook", sheets: reviewSheetOrder, is: "review" },
  { name: "a score sheet", sheets: ["评分", "案例正文", "评分标准"], is: "scoreSheet" },
  { name: "without the texts", sheets: ["评分", "评分标准"], is: "scoreSheet" },
  { name: "a unit form", sheets: ["说明", "案例", "正文", "专家", "联络员"], is: "unitForm" },
  { name: "an export", sheets: ["Sheet1"], is: undefined },
  { name: "an export with names of ours", sheets: ["案例", "正文"], is: undefined },
  { name: "a list of units with its settings", sheets: ["单位", "参数"], is: undefined },
])("$name", ({ sheets, is }) => expect(whichWorkbook(sheets)).toBe(is));
