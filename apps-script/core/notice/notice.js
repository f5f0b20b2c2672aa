/** What a yearly notice lays down. Every value that may differ next year stands here, with its article. */
export {};
