import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { printBeside } from "../../../node-tools/forms/pdf.ts";
import { officePrinter } from "../../../node-tools/host/office.ts";
import { temporaryFolder } from "../run-casebook.ts";

test("what the program makes nothing of is named, the rest comes", async () => {
  const program = join(temporaryFolder(), "soffice");
  const convert = `case "$f" in *好.docx) cp "$f" "\${f%.docx}.pdf";; esac`;
  writeFileSync(program, `#!/bin/sh\nfor f; do ${convert}; done\n`);
  chmodSync(program, 0o755);
  const wanted = ["好", "坏"].map((name) => ({ path: join("out", `${name}.docx`), data: Buffer.from(name) }));
  expect(await printBeside(officePrinter(program), wanted)).toEqual({
    writes: [{ path: join("out", "好.pdf"), data: Buffer.from("好") }],
    failed: ["坏.docx"],
  });
});
