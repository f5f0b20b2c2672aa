import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readArchiveSheet } from "../../core/replay/archive-sheet.ts";
import { archiveName } from "../../core/replay/frozen-action.ts";
import { replayReview } from "../../core/replay/replay.ts";
import { firstLines } from "../../core/text/list.ts";
import { runReading, tell } from "../actions/action.ts";
import { firstReviewUnit, openReviewBook, openShared, seenBy } from "./books.ts";

const title = "复核";

/** 复核: recomputes the actions of 日志 from what was frozen, and finds what was changed since; writes nothing. */
export function replayActions(): void {
  runReading(title, (context) => {
    const shared = openShared({ formulasOf: () => false }).snapshot;
    const notice = noticeOf(shared);
    const review = openReviewBook(notice).snapshot;
    const archive = readArchiveSheet(review);
    const { result, problems, notes } = replayReview(
      {
        award: seenBy(firstReviewUnit(), shared),
        review,
        archive: archive && [...archive.keys()].map(archiveName),
        archived: (digest) => archive?.get(digest),
      },
      notice,
    );
    const steps = result.steps.map(({ action, same }) => `${same ? "相符" : "不符"}  ${action}`);
    tell(context, title, [...steps, firstLines(problems, 10).join("\n"), ...notes].join("\n"));
  });
}
