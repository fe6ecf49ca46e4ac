/** A name that no other notebook has: 16 letters and digits from the browser's source of chance. */
export function newId(): string {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => letters[byte & 31]).join(
    "",
  );
}
