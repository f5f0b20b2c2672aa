/** What people put into a cell, or a box on paper, for yes. */
export const tickMarks = ["√", "✓", "✔", "☑", "✅"] as const;

/** What they put there for no. A plain x is a letter too, and is not among them. */
export const crossMarks = ["×", "✕", "✖", "✗", "✘", "❌", "☒", "╳"] as const;
