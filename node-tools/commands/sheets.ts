import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { requireXlsx, reviewPath } from "../award-files/award-files.ts";
import { type Command, exitCode, integerOption, operand } from "../command-line/command.ts";
import { lockForRun, refuseIfOpenElsewhere } from "../disk/locks.ts";
import { drivePath } from "../local-sheets/drive-path.ts";
import { type SheetsServer, startSheetsServer } from "../local-sheets/server.ts";

export const sheets: Command = {
  name: "sheets",
  operands: "工作簿",
  minOperands: 1,
  maxOperands: 1,
  summary: "在浏览器里试用“谷歌表格版”：同一份脚本，不联网、不用谷歌账号",
  details: [
    "只在本机（127.0.0.1）打开一个网页，写的是申报工作簿，评审工作簿在它旁边；文件不存在时从空白表格开始。",
    "脚本新建的评分表、放进“原名.云端硬盘”文件夹的 .csv 和 .xlsx，都在网页的“云端硬盘”里。每次改动后自动保存，旧文件留作 .bak。",
    "图片、表格对象、名称定义不会保存；共享、按人划定的保护和没做完的任务记在该文件夹的 .casebook-sheets.json 里。按 Ctrl-C 保存并结束。",
  ],
  options: [
    { name: "port", value: "端口", help: "网页的端口，默认任选一个空闲的" },
    { name: "open", help: "用默认浏览器打开网页" },
    { name: "clock", help: "在网页上显示时钟，可以快进（供试验定时任务的开发人员）" },
  ],
  async run(call) {
    const path = resolve(operand(call, 0));
    requireXlsx(path);
    const port = integerOption(call, "port", 1, 65_535) ?? 0;
    const releases = [path, reviewPath(path)].filter(existsSync).map((file) => {
      refuseIfOpenElsewhere(file);
      return lockForRun(file);
    });
    const dist = new URL("./", import.meta.url);
    let server: SheetsServer;
    try {
      server = await startSheetsServer({
        path,
        port,
        bundles: fileURLToPath(new URL("sheets/", dist)),
        worker: new URL("sheets-worker.mjs", dist),
        page: readFileSync(new URL("sheets/local.html", dist), "utf8"),
      });
    } catch (error) {
      for (const release of releases) release();
      throw error;
    }
    const url = call.options.clock ? `${server.url}?clock` : server.url;
    call.terminal.say(`本地表格已打开：${url}`);
    call.terminal.say(`用浏览器访问上面的地址。云端硬盘是文件夹“${basename(drivePath(path))}”。按 Ctrl-C 保存并结束。`);
    call.terminal.json({ url });
    if (call.options.open) openBrowser(url);
    await untilInterrupted();
    call.terminal.say("正在保存……");
    await server.end();
    call.terminal.say("已保存，再见。");
    return exitCode.done;
  },
};

/** The first signal ends in good order, a second at once. */
function untilInterrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      // Other listeners end the process before the files are written.
      process.removeAllListeners(signal);
      process.once(signal, () => done());
    }
  });
}

/** What opens an address in the system's browser: a program and the words before the address. */
export function browserCommand(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === "win32") return ["cmd", "/c", "start", ""];
  return [platform === "darwin" ? "open" : "xdg-open"];
}

function openBrowser(url: string): void {
  const [program, ...words] = browserCommand(process.platform);
  const child = spawn(program, [...words, url], { stdio: "ignore", detached: true });
  // Without a browser the address on the terminal will do.
  child.on("error", () => undefined);
  child.unref();
}
