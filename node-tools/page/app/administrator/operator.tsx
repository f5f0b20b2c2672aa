import { useEffect, useState } from "preact/hooks";
import { remote } from "../remote.ts";

const place = "评案簿：操作人";

/** What this browser knows; undefined where nobody was asked yet. Private windows may keep nothing. */
export function storedOperator(): string | undefined {
  try {
    return localStorage.getItem(place) ?? undefined;
  } catch {
    return undefined;
  }
}

/** With everything else that the browser keeps of the page. */
export async function forgetOperator(): Promise<void> {
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept then.
  }
  await remote.workAs("");
}

async function keepOperator(name: string): Promise<void> {
  try {
    localStorage.setItem(place, name);
  } catch {
    // It holds as long as the page is open.
  }
  await remote.workAs(name);
}

/** Who works here, as 日志 is to have it: asked for once. */
export function Operator() {
  const [name, setName] = useState(storedOperator);
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (name !== undefined) void remote.workAs(name);
  }, []);
  if (name !== undefined && typed === undefined)
    return (
      <p class="operator soft">
        操作人：{name === "" ? "网页" : name}{" "}
        <button type="button" class="quiet" aria-label="改操作人" onClick={() => setTyped(name)}>
          改
        </button>
      </p>
    );
  return (
    <form
      class="operator ask"
      onSubmit={(event) => {
        event.preventDefault();
        const given = (typed ?? "").trim();
        setName(given);
        setTyped(undefined);
        void keepOperator(given);
      }}
    >
      <label class="field">
        您的姓名
        <input value={typed ?? ""} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <span class="soft">写进“日志”的操作人；不写就记“网页”。</span>
      <button type="submit">记下</button>
    </form>
  );
}
