import type { UnitKind } from "../notice/notice.ts";

/** The values of drop-downs that are ours, not the notice's. */
export const yes = "是";
export const no = "否";
export const yesNo = [yes, no] as const;
export const present = "有";
export const absent = "无";
export const presence = [present, absent] as const;
export const valid = "有效";
export const cancelled = "取消资格";
export const submissionStatus = [valid, cancelled] as const;
export const available = "可用";
export const withdrawn = "退出";
export const expertStatus = [available, withdrawn] as const;
export const unitKindLabels: Readonly<Record<UnitKind, string>> = { bureau: "教育局", school: "厅直属学校" };
export const decisions = { cancel: cancelled, adjust: "调整奖项", uphold: "维持" } as const;
export const rounds = { first: "初评审", arbitration: "复评", spare: "加评" } as const;
export const pairStatus = { assigned: "已分派", scored: "已评分", conflicted: "回避", void: "作废" } as const;
/** What became of 初评得分 in the shared workbook. */
export const firstScoreStates = {
  written: "已填写",
  updated: "已更新",
  cleared: "已清空",
  kept: "保留人工填写",
  pending: "未填",
} as const;
export const severityLabels = { error: "错误", warning: "警告", info: "提示" } as const;
export const scoreMethods = {
  mean: "平均分",
  trimmed: "去极值平均分",
  calibrated: "校准分",
  robust: "稳健校准分",
} as const;
/** How the scores of a submission become one after 复评. */
export const arbitrationRules = { median: "中位数", closestTwo: "相近两个", mean: "平均" } as const;
export const noAward = "未获奖";
/** What somebody writes beside a file that is to reach the experts although a program found something in it. */
export const keepsFile = "保留";
