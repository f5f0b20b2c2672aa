// docs/mutation.md: the rooms with what was noticed, and what was not. Rooms that a run leaves out keep their lines.

export const thresholdOf = (room) => (room.startsWith("core/") ? 90 : 85);

const inCell = (text) => text.replaceAll("|", "\\|").replaceAll("`", "'");
const share = (killed, valid) => (valid === 0 ? "–" : `${Math.floor((100 * killed) / valid)}`);

/** Lines of an earlier run by room. */
export function readTable(text) {
  const rows = [...text.matchAll(/^\| ([\w/-]+) \| (\d+) \| (\d+) \| .*$/gm)];
  return rows.map(([line, room, valid, killed]) => ({
    room,
    valid: Number(valid),
    killed: Number(killed),
    line,
    details: text.split("\n").filter((each) => each.startsWith(`- ${room}: `)),
  }));
}

export function writeTable({ rooms, results, earlier, seed, perRoom }) {
  const tried = new Set(results.map(({ room }) => room));
  const of = (room) => {
    if (!tried.has(room)) return earlier.find((each) => each.room === room);
    const own = results.filter((each) => each.room === room);
    const counted = own.filter(({ reason }) => !reason);
    const [valid, killed] = [counted.length, counted.filter(({ by }) => by).length];
    const equivalent = own.length - valid;
    const describe = ({ file, original, mutated }) =>
      `\`${file.split("/").at(-1)}\` \`${inCell(original.slice(0, 160))}\` → ${mutated ? `\`${inCell(mutated.slice(0, 160))}\`` : "nothing"}`;
    const details = own
      .filter(({ by }) => !by)
      .map((each) => `- ${room}: ${describe(each)}${each.reason ? `: equivalent, ${each.reason}` : ""}`);
    return {
      room,
      valid,
      killed,
      details,
      line: `| ${room} | ${valid} | ${killed} | ${share(killed, valid)} | ${equivalent} |`,
    };
  };
  const known = rooms.map(of).filter((each) => each !== undefined);
  const details = known.flatMap((each) => each.details);
  const [accepted, open] = [
    details.filter((line) => line.includes(": equivalent, ")),
    details.filter((line) => !line.includes(": equivalent, ")),
  ];
  const [valid, killed] = [known.reduce((n, each) => n + each.valid, 0), known.reduce((n, each) => n + each.killed, 0)];
  const text = `# What the tests notice

Written by \`npm run mutate\`: small breaks of the sources, chosen at random with seed ${seed}, ${perRoom} a room, one at a time.
Killed are those that a test notices. At least 90 % are asked of a room of the core, 85 % of any other. Mutants that change
nothing anybody could see (\`test/mutation/equivalent.json\`) do not count.

Not asked are the browser, office and bench suites, sweeps of faults and hostile inputs, long runs (\`longRuns\` in
vitest.config.ts) about other rooms than their own, and the last tests of a file that takes half a minute.

| room | tried | killed | % | equivalent |
|---|--:|--:|--:|--:|
${known.map(({ line }) => line).join("\n")}
| all | ${valid} | ${killed} | ${share(killed, valid)} | |

## Not noticed

${open.join("\n") || "None."}

## Equivalent

${accepted.join("\n") || "None."}
`;
  const own = known.filter(({ room }) => tried.has(room));
  return {
    text,
    lines: own.map(({ line }) => line),
    failing: own
      .filter(({ room, valid, killed }) => valid > 0 && (100 * killed) / valid < thresholdOf(room))
      .map(({ room }) => room),
  };
}
