/** What the platform throws, in the language of the account, in words that tell a person what to do. */
const known: readonly (readonly [RegExp, string])[] = [
  [
    /permissions are not sufficient|required permissions|authorization is required|需要授权|所需权限/i,
    "您授权时没有勾选全部权限：请再点一次同样的菜单，在授权画面里把每一项都勾上。",
  ],
  [/permission|权限|access denied|拒绝访问/i, "您的账号没有所需的编辑权限，请文件的所有者把您加为编辑者。"],
  [/too many times|次数过多|quota|配额|limit exceeded|限额/i, "谷歌的限额用完了，请过一天再试。"],
  [/timed out|超时|maximum execution time/i, "谷歌的服务超时了，请稍后再试。"],
  [/not found|找不到|does not exist|不存在|missing/i, "要用的文件找不到，可能已删除或移走。"],
  [/invalid email|电子邮件/i, "邮箱地址谷歌不接受。"],
];

/** Our own errors as they are; the platform's in Chinese, its own words go to the log of executions. */
export function inWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isOwn = error instanceof Error && error.name !== "Exception" && /[\u4e00-\u9fff]/.test(message);
  if (isOwn) return message;
  console.warn(message);
  return known.find(([pattern]) => pattern.test(message))?.[1] ?? "谷歌的服务出错，请稍后再试。";
}

/** Does what may fail without harm. */
export function tolerate(run: () => void): void {
  try {
    run();
  } catch (error) {
    console.warn(String(error));
  }
}
