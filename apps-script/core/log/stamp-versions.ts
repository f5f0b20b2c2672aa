import { version as currentVersion } from "../version.ts";

/** 参数 of a row of 日志: what the action was told, and by which rules and which notice it was done. */
export function stampVersions(parameters: string, noticeId: string, version = currentVersion): string {
  return [parameters, `规则 ${version}，通知 ${noticeId}`].filter((part) => part !== "").join("；");
}
