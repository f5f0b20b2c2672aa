/** Ends the name of a file that is none to be published. */
/** In 日志, of lists that were made before everything was decided. */
export const draftWord = "草稿";

export const draftSuffix = "（草稿）";

/** Stands on every page of one. */
export const draftMark = "草　稿　　未经审定，不得公布";

/** The same as the header of a printed sheet: centred, large, red. */
export const draftHeader = `&C&"黑体"&20&KC00000${draftMark}`;
