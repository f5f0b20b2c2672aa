import { useState } from "preact/hooks";
import type { GivenMaterial } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import {
  canOpenFolders,
  chooseFolder,
  type FoundFiles,
  findDropped,
  type HandingOver,
  tellSkipped,
} from "../hand-over.ts";
import { remote, textOf } from "../remote.ts";

let unpacked: Promise<void> | undefined;
/** What reads materials is large, and is unpacked when somebody has materials. */
function unpackReaders(): Promise<void> {
  unpacked ??= remote.unpackReaders({ reader: textOf("reader"), mediaInfo: textOf("media-info") });
  return unpacked;
}

interface ChosenFolder {
  /** Files in it that cannot be read. */
  readonly skipped?: readonly string[];
  readonly name: string;
  readonly content: readonly GivenMaterial[] | FileSystemDirectoryHandle;
}

/** The files of a folder, by their paths from the folder on: `材料/A001/课件.pptx` is `A001/课件.pptx`. */
function contentOf({ files, skipped }: FoundFiles): ChosenFolder | undefined {
  const [first] = files;
  if (!first) return undefined;
  return {
    name: first.path.slice(0, first.path.indexOf("/")),
    skipped,
    content: files.map(({ path, file }) => ({ path: path.slice(path.indexOf("/") + 1), file })),
  };
}

/** The way of browsers that open no folder otherwise. */
function chooseByInput(): Promise<ChosenFolder | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.webkitdirectory = true;
    input.oncancel = () => resolve(undefined);
    input.onchange = () => {
      const files = [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath, file }));
      resolve(contentOf({ files, skipped: [] }));
    };
    input.click();
  });
}

async function askForFolder(): Promise<ChosenFolder | undefined> {
  if (!canOpenFolders()) return chooseByInput();
  const content = await chooseFolder("read");
  return content && { name: content.name, content };
}

/** A folder that was dropped. */
async function takeDropped(transfer: DataTransfer): Promise<ChosenFolder | undefined> {
  const [item] = transfer.items;
  const { getAsFileSystemHandle } = (item ?? {}) as HandingOver;
  // Whoever asks later gets nothing: both are asked for before the first wait.
  const [handle, files] = [
    getAsFileSystemHandle?.call(item),
    getAsFileSystemHandle ? undefined : findDropped(transfer),
  ];
  const folder = await handle;
  if (folder?.kind === "directory") return { name: folder.name, content: folder as FileSystemDirectoryHandle };
  if (folder) throw new Error("拖进来的不是文件夹。请把装着各案例材料的文件夹拖进来。");
  return contentOf((await files) ?? { files: [], skipped: [] });
}

/** Asks where the materials are; what is in the folder stays there. */
export function MaterialFolder(props: {
  readonly attempt: Attempt;
  readonly disabled: boolean;
  /** What is there is read from now on. */
  chosen(): void;
}) {
  const { attempt, disabled, chosen } = props;
  const [told, setTold] = useState("");
  const take = (folder: ChosenFolder | undefined) =>
    attempt(async () => {
      if (!folder) return;
      setTold("正在清点……");
      await unpackReaders();
      const { count, skipped } = await remote.giveMaterials(folder.content);
      const unread = tellSkipped([...(folder.skipped ?? []), ...skipped]);
      setTold(
        count === 0 && unread.length === 0
          ? `「${folder.name}」里没有文件。请换一个文件夹。`
          : [`「${folder.name}」，${count} 个文件`, ...unread].join("。"),
      );
      if (count > 0) chosen();
    });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a mouse
    <div
      class="drop small folder"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const { dataTransfer } = event;
        if (dataTransfer)
          void attempt(async () => {
            await take(await takeDropped(dataTransfer));
          });
      }}
    >
      <button
        type="button"
        class="primary"
        disabled={disabled}
        onClick={() =>
          attempt(async () => {
            await take(await askForFolder());
          })
        }
      >
        选择材料文件夹
      </button>
      <span class="soft">
        或把它拖到这里。每个案例一个文件夹、一个 .zip
        或几个文件，名称里写上案例编号。文件在原处读取，不复制，不离开这台电脑。
      </span>
      <strong role="status">{told}</strong>
    </div>
  );
}
