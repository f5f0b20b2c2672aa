import { expect, test } from "vitest";
import { buildScoreSheets } from "../../../apps-script/core/score-sheets/packets.ts";
import { holdBeside } from "../describe-patch.ts";
import { assigned, notice, recommendedSubmission, shared } from "../review-fixture.ts";

test("a score sheet is, cell for cell and style for style, what it was", () => {
  const submissions = Array.from({ length: 6 }, (_, i) => recommendedSubmission(i));
  const texts = [
    {
      ...{
        nominator: submissions[0]?.nominator ?? null,
        id: submissions[0]?.id ?? null,
        title: submissions[0]?.title ?? null,
      },
      ...{
        summary: "概要。",
        innovation: "创新",
        process: `${"课".repeat(800)}。${"堂".repeat(400)}`,
        application: "应用",
      },
    },
  ];
  const award = shared({ submissions, texts });
  const [file] = buildScoreSheets(award, assigned(award, { reviews: 1 }), notice).filter(({ submissions: own }) =>
    own.some(({ text }) => text !== undefined),
  );
  if (!file) throw new Error("nobody reviews the text");
  const { now, kept } = holdBeside(file.patch, new URL("./score-sheet.golden.txt", import.meta.url));
  expect(now).toEqual(kept);
});
