/** Notices of other years in the work folder: a folder for each, with its values and its forms, as `templates/` has them. */

import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { judgeNotice } from "../../../apps-script/core/award/read-notice.ts";
import { defaultNotice } from "../../../apps-script/core/notice/built-in.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { openForReading } from "../../award-files/award-files.ts";
import { isThere, readBytes } from "../../disk/disk.ts";
import { ensureFolder, writeFilesAtomically } from "../../disk/files.ts";
import { InputError } from "../../errors.ts";
import { templatesFolder } from "../../forms/load-template.ts";
import { basename, join } from "../../host/paths.ts";
import { memoryDisk } from "../host.ts";
import type { NoticeDesk } from "../protocol.ts";

const homeOfNotices = "/通知";
const draftPath = `${homeOfNotices}/草稿.json`;
const isTemplate = /\.(docx|xlsx)$/i;

const writeJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** @param path of the shared workbook whose notice is this year's; undefined where there is none yet */
export function openNotice(path: string | undefined): NoticeDesk {
  const now = path === undefined ? defaultNotice : noticeOf(openForReading(`/${path}`).workbook.snapshot);
  let draft: unknown;
  if (isThere(draftPath)) {
    try {
      draft = JSON.parse(new TextDecoder().decode(readBytes(draftPath)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new InputError(draftPath, `「${basename(draftPath)}」被改动过，读不了。请改好，或把它移走以后重新填。`);
    }
  }
  return { now, draft };
}

function write(path: string, data: string): void {
  ensureFolder(homeOfNotices);
  writeFilesAtomically([{ path, data }], { backup: false });
}

/** Keeps what has been typed so far, right or wrong. */
export function keepNoticeDraft(draft: unknown): void {
  write(draftPath, writeJson(draft));
}

/** Files below a folder. */
const filesBelow = (folder: string) => (isThere(folder) ? [...memoryDisk.files(folder)].map(({ path }) => path) : []);

/**
 * Writes the folder of a notice: `notice.json`, and the forms of this year's beside it, to be edited where they name numbers.
 * Forms that are there already stay.
 *
 * @returns path of the folder
 * @throws InputError where the notice is not sound
 */
export function saveNotice(notice: Notice, now: Notice): string {
  const [fault] = judgeNotice(notice);
  if (fault) throw new InputError(draftPath, fault.message);
  const folder = join(homeOfNotices, notice.id);
  const earlier = [join(homeOfNotices, now.id), templatesFolder(now.id), templatesFolder(defaultNotice.id)];
  const source = earlier.map(filesBelow).find((paths) => paths.some((path) => isTemplate.test(path))) ?? [];
  const forms = source
    .filter((path) => isTemplate.test(path))
    .map((path) => ({ from: path, path: join(folder, basename(path)) }))
    .filter(({ path }) => !isThere(path));
  ensureFolder(folder);
  writeFilesAtomically(
    [
      { path: join(folder, "notice.json"), data: writeJson(notice) },
      ...forms.map(({ from, path }) => ({ path, data: readBytes(from) })),
    ],
    { backup: true },
  );
  return folder.slice(1);
}

/** The forms of notices in the work folder stand where commands look for the forms of a notice. */
export function offerNoticeForms(): void {
  for (const path of filesBelow(homeOfNotices)) {
    const [, id = ""] = /^\/通知\/([^/]+)\/[^/]+$/.exec(path) ?? [];
    if (id !== "" && isTemplate.test(path) && !basename(path).includes(".bak."))
      memoryDisk.put(join(templatesFolder(id), basename(path)), readBytes(path));
  }
}
