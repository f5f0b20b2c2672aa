import { useState } from "preact/hooks";
import type { KeptFile } from "../protocol.ts";
import { inWordsOfThePage } from "./administrator/steps.ts";
import type { Attempt } from "./attempt.ts";
import { canOpenFolders, chooseFiles, readDropped, type TakenFiles } from "./hand-over.ts";
import { remote } from "./remote.ts";
import { NewForm } from "./unit/new-form.tsx";

export function Start(props: {
  readonly files: readonly KeptFile[];
  take(files: TakenFiles): Promise<unknown>;
  openFolder(): Promise<unknown>;
  resume(files: readonly KeptFile[]): void;
  refresh(): Promise<readonly KeptFile[]>;
  attempt: Attempt;
  /** Shows lines until somebody puts them away. */
  tell(lines: readonly string[]): void;
  /** Removes all that the browser keeps. */
  forget(): void;
  begin(): void;
}) {
  const { files, take, openFolder, resume, refresh, attempt, tell, forget, begin } = props;
  const [over, setOver] = useState(false);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const { dataTransfer } = event;
    if (dataTransfer)
      void attempt(async () => {
        await take(await readDropped(dataTransfer));
      });
  };
  const example = () =>
    attempt(async () => {
      await remote.putExample();
      await refresh();
      begin();
    });

  return (
    <div class="start">
      {files.length > 0 && (
        <p class="notice">
          这台电脑的浏览器里还有 {files.length} 个文件。
          <button type="button" class="quiet" onClick={() => resume(files)}>
            接着做
          </button>
          <button type="button" class="quiet" onClick={forget}>
            清除
          </button>
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same without a mouse */}
      <div
        class={over ? "drop over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p class="big">把文件或文件夹拖到这里</p>
        <p class="soft">填报表打开单位的桌面，评分表打开评审专家的桌面，评案簿和其余文件打开管理员的桌面。</p>
        <div class="buttons">
          <button
            type="button"
            class="primary"
            onClick={() =>
              attempt(async () => {
                await take(await chooseFiles());
              })
            }
          >
            选择文件
          </button>
          {canOpenFolders() && (
            <button type="button" onClick={openFolder}>
              打开文件夹，改动直接写在里面
            </button>
          )}
        </div>
      </div>
      <div class="buttons">
        <button type="button" onClick={begin}>
          新办一次征集评审
        </button>
        <button type="button" onClick={example}>
          用附带的例子试一试
        </button>
      </div>
      <details class="panel">
        <summary>我是单位的填报人，还没有填报表</summary>
        <NewForm
          attempt={attempt}
          made={async (said) => {
            resume(await refresh());
            tell(said.map((line) => inWordsOfThePage(line)));
          }}
        />
      </details>
      <p class="soft">所有文件都在这台电脑上处理，不上传，不需要网络、账号，也不用安装任何程序。</p>
    </div>
  );
}
