import { expect, test } from "vitest";
import { inWordsOfThePage } from "../../../../../node-tools/page/app/administrator/steps.ts";

test.for([
  { said: "运行 casebook check，再看“检查”表。", shown: "运行 “逐条检查”，再看“检查”表。" },
  { said: "……另有 3 处，用 --json 查看全部", shown: "……另有 3 处" },
  {
    said: "要先看样稿，请加 --draft，这几种每页标明“草稿”，其余名单照常；只要别的表格，请用 --form 写明，如 --form 推荐案例汇总表。",
    shown:
      "要先看样稿，请勾上“还有未定的也先出草稿”，这几种每页标明“草稿”，其余名单照常；只要别的表格，请在“输出正式表格”里选。",
  },
  {
    said: "按编号存放的，加 --materials-pattern 一次填好。",
    shown: "按编号存放的，在“评审材料的网址”里写一次就填好。",
  },
  {
    said: "请清空“回避”一格，再收一次并指明采用那份文件（--accept）。",
    shown: "请清空“回避”一格，再收一次并指明采用那份文件（在“指明采用”里选）。",
  },
  {
    said: "再收一次（已收过评分的，请指明采用那份文件 --accept）。",
    shown: "再收一次（已收过评分的，请指明采用那份文件，在“指明采用”里选）。",
  },
  {
    said: "收回后运行 casebook collect 评案簿.xlsx --unit 兴庆区教育局 收回的评分表",
    shown: "收回后运行 “收回初评评分表”",
  },
  {
    said: "下一步：casebook packets 评案簿.xlsx --out 评分表 --materials 匿名材料",
    shown: "下一步：“为每位专家打包”",
  },
  {
    said: "确认没有身份信息的，在“处理”写“保留”，再做一次。",
    shown: "确认没有身份信息的，在“处理”勾上“保留”，再做一次。",
  },
  { said: "已写入 /名单/公示名单.xlsx", shown: "已写入 名单/公示名单.xlsx" },
])("nobody here types a command or an option: $said", ({ said, shown }) => expect(inWordsOfThePage(said)).toBe(shown));

test("what is refused bears the name of the button: several run one command", () =>
  expect(inWordsOfThePage("casebook import：--prior 应为 1990—2024 之间的整数", "收下往届名单")).toBe(
    "收下往届名单：“哪一年的”应为 1990—2024 之间的整数",
  ));
