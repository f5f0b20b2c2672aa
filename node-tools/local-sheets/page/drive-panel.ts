import type { AccountView, FileView } from "../protocol.ts";
import { byId, make } from "./dom.ts";
import { crossButton, showToast } from "./overlays.ts";
import { request } from "./server.ts";

const kinds: Readonly<Record<FileView["kind"], string>> = {
  shared: "申报工作簿",
  review: "评审工作簿",
  spreadsheet: "表格",
  file: "文件",
};

const rights: Readonly<Record<FileView["right"], string>> = { owner: "所有者", edit: "可编辑", view: "仅查看" };

/** 云端硬盘: the files that the acting user may open, and the mails that scripts have sent. */
export function showDrive(
  account: AccountView,
  user: string,
  present: string,
  open: (file: FileView) => void,
  uploaded: () => void,
): void {
  const close = () => backdrop.remove();
  const rows = account.files.map((file) =>
    fileRow(file, file.id === present, () => {
      if (file.kind === "file") void showText(file, user);
      else {
        close();
        open(file);
      }
    }),
  );
  const mails = account.mails.map(({ to, subject, body }) =>
    make("details", { class: "mail" }, make("summary", { text: `${subject} → ${to}` }), make("pre", { text: body })),
  );
  const filter = make("input", {
    class: "filter",
    attributes: { placeholder: "按名称查找文件", "aria-label": "按名称查找文件" },
    on: {
      input: () => {
        const wanted = filter.value.trim();
        for (const row of rows) row.hidden = !(row.querySelector(".file-name")?.textContent ?? "").includes(wanted);
      },
    },
  });
  const box = make(
    "div",
    {
      class: "dialog drive",
      role: "dialog",
      attributes: { "aria-modal": "true", "aria-label": "云端硬盘" },
      on: {
        keydown: (event) => {
          event.stopPropagation();
          if (event.key === "Escape") close();
        },
      },
    },
    crossButton(close),
    make("h2", { text: "云端硬盘" }),
    make("p", {
      class: "hint",
      text: "这里的文件存放在工作簿旁边的“云端硬盘”文件夹里。脚本要文件的网址或编号时，点“复制编号”，再粘贴过去。",
    }),
    make(
      "div",
      { class: "drive-tools" },
      filter,
      uploadButton(() => {
        close();
        uploaded();
      }),
    ),
    make("div", { class: "files" }, ...rows),
    make("h3", { text: `已发送的邮件（${mails.length}）` }),
    make(
      "div",
      { class: "mails" },
      ...(mails.length > 0 ? mails : [make("p", { class: "hint", text: "还没有。本地表格不会真的发出邮件。" })]),
    ),
  );
  const backdrop = make(
    "div",
    { class: "backdrop", on: { mousedown: (event) => event.target === backdrop && close() } },
    box,
  );
  byId("layer").append(backdrop);
  filter.focus();
}

function fileRow(file: FileView, isPresent: boolean, choose: () => void): HTMLElement {
  return make(
    "div",
    { class: isPresent ? "file present" : "file", data: { kind: file.kind } },
    make(
      "button",
      { class: "file-name", set: { type: "button" }, on: { click: choose } },
      make("span", { class: `icon ${file.kind}`, attributes: { "aria-hidden": "true" } }),
      make("span", { text: file.name }),
    ),
    make("span", { class: "file-kind", text: kinds[file.kind] }),
    make("span", { class: "file-right", text: rights[file.right] }),
    copyButton(file.id),
  );
}

function copyButton(id: string): HTMLElement {
  return make("button", {
    class: "copy",
    text: "复制编号",
    set: { type: "button", title: id },
    data: { id },
    on: {
      click: () => {
        navigator.clipboard.writeText(id).then(
          () => showToast("已复制文件编号"),
          () => showToast(id, "文件编号"),
        );
      },
    },
  });
}

const chunk = 0x8000;

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
}

function uploadButton(done: () => void): HTMLElement {
  const input = make("input", {
    class: "upload-input",
    set: { type: "file", accept: ".csv,.xlsx", multiple: true },
    attributes: { "aria-label": "上传文件" },
    on: {
      change: async () => {
        for (const file of input.files ?? []) {
          try {
            await request("upload", { name: file.name, base64: await toBase64(file) });
          } catch (error) {
            showToast((error as Error).message, `“${file.name}”没有上传`, "error");
          }
        }
        done();
      },
    },
  });
  return make("label", { class: "upload", text: "上传文件…" }, input);
}

async function showText(file: FileView, user: string): Promise<void> {
  const { text } = await request("text", { file: file.id, user });
  const close = () => backdrop.remove();
  const backdrop = make(
    "div",
    { class: "backdrop" },
    make(
      "div",
      { class: "dialog drive", role: "dialog", attributes: { "aria-modal": "true", "aria-label": file.name } },
      crossButton(close),
      make("h2", { text: file.name }),
      make("pre", { class: "file-text", text: text.slice(0, 20_000) }),
    ),
  );
  byId("layer").append(backdrop);
}
