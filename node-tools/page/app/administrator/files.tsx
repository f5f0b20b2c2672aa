import type { CommandResult, KeptFile } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { handOver } from "../hand-over.ts";
import { isPrintable, PrintButton } from "../print/print.tsx";
import { remote } from "../remote.ts";
import { madeBy } from "../said.tsx";

const ofFolder = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const isShown = ({ path }: KeptFile) => !/\.(bak|备份|档案)[./]/.test(path);

/** Files to be saved or printed at a click. */
function FileLinks({ files, attempt }: { readonly files: readonly KeptFile[]; readonly attempt: Attempt }) {
  const save = (path: string) => attempt(async () => handOver(path, await remote.read(path)));
  return (
    <ul class="files">
      {files.map(({ path, size }) => (
        <li key={path}>
          <button type="button" class="quiet" onClick={() => save(path)}>
            {path.slice(path.lastIndexOf("/") + 1)}
          </button>
          <span class="soft">{size < 1024 ? `${size} B` : `${Math.round(size / 1024)} KB`}</span>
          {isPrintable(path) && <PrintButton path={path} attempt={attempt} />}
        </li>
      ))}
    </ul>
  );
}

/** All that lies in the work folder. */
export function Files({ files, attempt }: { readonly files: readonly KeptFile[]; readonly attempt: Attempt }) {
  const shown = files.filter(isShown);
  if (shown.length === 0) return null;
  const groups = [...new Set(shown.map(({ path }) => ofFolder(path)))];
  return (
    <details class="panel" open>
      <summary>文件（{shown.length}）</summary>
      {groups.map((group) => {
        const own = shown.filter(({ path }) => ofFolder(path) === group);
        return (
          <details key={group} class="group" open={group === ""}>
            <summary>
              {group === "" ? "工作簿等" : group}（{own.length}）
            </summary>
            <FileLinks files={own} attempt={attempt} />
          </details>
        );
      })}
    </details>
  );
}

/** More are looked for where all files are. */
const mostLinks = 24;

/** What a command has made for people, those files included that were there already as they are. */
export function MadeFiles(props: {
  readonly result: CommandResult;
  readonly files: readonly KeptFile[];
  readonly attempt: Attempt;
}) {
  const { result, files, attempt } = props;
  const paths = new Set(madeBy(result)?.map((path) => path.replace(/^\//, "")));
  const own = files.filter(({ path }) => paths.has(path));
  if (own.length === 0) return null;
  if (own.length > mostLinks)
    return (
      <p>
        在下面“文件”的{[...new Set(own.map(({ path }) => `“${ofFolder(path)}”`))].join("、")}
        里，点名称存出来；或用右上角的“保存全部”。
      </p>
    );
  return <FileLinks files={own} attempt={attempt} />;
}
