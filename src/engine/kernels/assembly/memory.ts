/** Bytes outside the collector's care, aligned to 16; grows the memory. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(pointer: usize): void {
  heap.free(pointer);
}
