const chineseText = /[\u4e00-\u9fff]/;
/** What to tell when a call fails: the script's own words when they are Chinese, else what to do and the reason. */
export function describeFailure(error) {
  const raw = error instanceof Error ? error.message : String(error ?? "");
  const message = raw.replace(/^(?:\w*(?:Error|Exception):\s*)+/, "").trim();
  if (chineseText.test(message)) return message;
  return `没有收到结果，请检查网络后再试一次${message === "" ? "。" : `；仍不成功时，请把这句话告诉管理员：${message}`}`;
}
/** Calls a top-level function of the script. @throws Error with a message for people */
export function callServer(name, ...args) {
  return new Promise((resolve, reject) => {
    const runner = google.script.run
      .withSuccessHandler((result) => resolve(result))
      .withFailureHandler((error) => reject(new Error(describeFailure(error))));
    runner[name](...args);
  });
}
export function closePage() {
  google.script.host.close();
}
