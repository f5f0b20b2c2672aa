import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Done } from "./runs.ts";

const words = ["已做完", "做完了，有要看的", "没有做成"] as const;
const tones = ["", "doubtful", "failed"] as const;

/**
 * What has come of a run. It lies below the actions of its step, or above where somebody has read on to: until it has been
 * seen, the edge of the window says that it is there. Nothing moves by itself.
 */
export function Outcome({ result, children }: { readonly result: Done; readonly children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const [unseen, setUnseen] = useState<Done>();
  useEffect(() => {
    const told = place.current?.firstElementChild;
    if (!told) return;
    let isSeen = false;
    const eye = new IntersectionObserver(
      (entries) => {
        isSeen ||= entries.some(({ isIntersecting }) => isIntersecting);
        setUnseen(isSeen ? undefined : result);
      },
      // Below the bar of the page.
      { rootMargin: "-56px 0px -24px" },
    );
    eye.observe(told);
    return () => eye.disconnect();
  }, [result]);
  const { code, label } = result;
  const grade = code > 1 ? 2 : code === 1 ? 1 : 0;
  return (
    <>
      <div class="outcome" ref={place}>
        {children}
      </div>
      {unseen === result && (
        <div class={`out-of-sight ${tones[grade]}`}>
          “{label}”{words[grade]}
          <button type="button" onClick={() => place.current?.scrollIntoView()}>
            看结果
          </button>
        </div>
      )}
    </>
  );
}
