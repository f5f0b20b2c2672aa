import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { runCasebook } from "./run-casebook.ts";

/** A whole award by command, in a folder of its own; the paths of its two workbooks. */
export async function runAwardByCommand(
  folder: string,
  inputs: string,
  rounds = 2,
): Promise<{ shared: string; review: string }> {
  const shared = join(folder, "a.xlsx");
  const run = async (...words: string[]) => {
    const { code, err } = await runCasebook(...words);
    if (code > 1) throw new Error(err);
  };
  await run("init", shared);
  await run("import", shared, inputs);
  await run("check", shared);
  await run("recommend", shared, "--date", "2025-10-20");
  await run("check", shared);
  for (let round = 1; round <= rounds; round++) {
    await run("assign", shared);
    await run("packets", shared, "--out", join(folder, `out${round}`));
    mkdirSync(join(folder, `back${round}`));
    for (const name of readdirSync(join(folder, `out${round}`)))
      writeFileSync(join(folder, `back${round}`, name), fillScoreSheet(join(folder, `out${round}`, name)));
    await run("collect", shared, join(folder, `back${round}`));
    await run("rank", shared);
  }
  return { shared, review: join(folder, "a.评审.xlsx") };
}
