/** What the dialogs show: plain data, so that it survives the way from the script to the page. */
export {};
