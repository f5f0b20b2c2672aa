// Loaded first in every process and thread that a test starts: they learn from the environment which mutant is awake.
globalThis.__mutant ??= (id) => String(id) === process.env.CASEBOOK_MUTANT;
