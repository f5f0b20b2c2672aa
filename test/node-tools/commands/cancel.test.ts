import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { runCasebook, temporaryFolder } from "../run-casebook.ts";

test("Ctrl-C during an import ends it, says so, and leaves the file as it was", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "a.xlsx");
  await runCasebook("init", file);
  const before = readFileSync(file);
  for (let i = 0; i < 12; i += 1)
    cpSync("node-tools/example/inputs", join(folder, "in", String(i)), { recursive: true });
  const child = spawn(process.execPath, ["dist/casebook.mjs", "import", file, join(folder, "in")], { stdio: "pipe" });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  while (!existsSync(`${file}.casebook-lock`)) await setTimeout(5);
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  expect([code, said.trim()]).toEqual([130, "已取消，原有文件没有改动。"]);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(["a.xlsx", "in"]);
});
