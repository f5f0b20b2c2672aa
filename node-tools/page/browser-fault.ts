const remedies: Readonly<Record<string, string>> = {
  NotAllowedError: "浏览器不再允许用这个文件夹。请点“重新读取文件夹”或重新打开它，允许编辑",
  SecurityError: "浏览器不允许用这个文件夹。请换一个不在系统目录里的文件夹，重新打开",
  NoModificationAllowedError: "文件正被别的程序使用。请关闭 Excel、WPS 后再试",
  NotReadableError: "文件读不出来：可能正被别的程序使用，或没有权限。请关闭 Excel、WPS 后再试",
  NotFoundError: "文件或文件夹已被移走或改名（U 盘是否拔出）。请接好后再试",
  QuotaExceededError: "磁盘或浏览器的空间已满。请清理后再试",
};

/** What a browser's refusal means and what to do; without a full stop. */
export const remedyOf = ({ name }: DOMException): string => remedies[name] ?? `浏览器报告 ${name}。请稍后再试`;
