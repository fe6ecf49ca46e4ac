/** Tells notebooks from other files: an HTML file whose beginning has a notebook element. */
export async function sortFiles(
  files: readonly File[],
): Promise<{ notebooks: File[]; others: File[] }> {
  const notebooks: File[] = [];
  const others: File[] = [];
  for (const file of files) ((await isNotebook(file)) ? notebooks : others).push(file);
  return { notebooks, others };
}

async function isNotebook(file: File): Promise<boolean> {
  if (!/\.html?$/i.test(file.name) && file.type !== "text/html") return false;
  const head = await file.slice(0, 16_384).text();
  return /<notebook[\s>]/i.test(head);
}
