/** What the framing of Arrow IPC bytes says, before any library reads them. */
export interface IpcFacts {
  readonly format: "file" | "stream";
  readonly batches: number;
  /** Codec of compressed buffers, which this build can't read; null when buffers are plain. */
  readonly compression: "lz4" | "zstd" | "unknown" | null;
  /** Byte offset at which the bytes are broken or end too early; null when the framing is whole. */
  readonly brokenAt: number | null;
  /**
   * What to hand to the library: the messages alone, which are a stream whatever a file's footer says; the whole of a
   * file whose schema stands in its footer only (as apache-arrow for JavaScript writes), once that footer was checked.
   */
  readonly from: number;
  readonly to: number;
}

const magic = [65, 82, 82, 79, 87, 49];
const schemaMessage = 1;
const dictionaryBatch = 2;
const recordBatch = 3;

/** True when the bytes begin like an Arrow IPC file, or like a stream whose first message is a schema. */
export function looksLikeArrow(bytes: Uint8Array): boolean {
  if (magic.every((byte, i) => bytes[i] === byte)) return true;
  return (
    bytes.length >= 16 &&
    bytes[0] === 255 &&
    bytes[1] === 255 &&
    bytes[2] === 255 &&
    bytes[3] === 255 &&
    bytes[7] === 0 &&
    bytes[4] + bytes[5] + bytes[6] > 0
  );
}

/**
 * Walks the messages of Arrow IPC bytes (file or stream) without decoding them: every message must lie within the
 * bytes and every buffer within its message. Null when the bytes are not Arrow at all. Hostile offsets end in
 * `brokenAt`, never in an exception. Follows the Arrow columnar format's IPC framing.
 */
export function inspectIpc(bytes: Uint8Array): IpcFacts | null {
  if (!looksLikeArrow(bytes)) return null;
  const isFile = magic.every((byte, i) => bytes[i] === byte);
  const format = isFile ? "file" : "stream";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = isFile ? 8 : 0;
  let end = bytes.length;
  let batches = 0;
  let compression: IpcFacts["compression"] = null;
  let hasSchema = false;
  const starts: Starts = { dictionaries: [], batches: [] };
  const facts = (brokenAt: number | null, to = end): IpcFacts => {
    const common = { format, batches, compression, brokenAt } as const;
    if (hasSchema) return { ...common, from, to };
    const footer = isFile && brokenAt === null ? checkFooter(view, end, starts) : null;
    return { ...common, brokenAt: brokenAt ?? footer, from: 0, to: bytes.length };
  };
  if (isFile) {
    const tail = bytes.length - magic.length;
    const whole = tail >= 8 + 10 && magic.every((byte, i) => bytes[tail + i] === byte);
    if (!whole) return facts(bytes.length);
    end = tail - 4 - view.getInt32(tail - 4, true);
    if (end < 8 || end > tail - 4) return facts(tail - 4);
  }
  let at = from;
  try {
    while (at < end) {
      const start = at;
      if (at + 4 > end) return facts(end);
      if (view.getInt32(at, true) === -1) at += 4;
      if (at + 4 > end) return facts(end);
      const size = view.getInt32(at, true);
      at += 4;
      if (size === 0) return facts(isFile && end - at >= 8 ? start : null, start);
      if (size < 8 || at + size > end) return facts(size < 8 ? start : end);
      const message = readMessage(view, at, at + size);
      at += size;
      if (at + message.bodyLength > end) return facts(bytes.length);
      if (message.buffersEnd > message.bodyLength) return facts(start);
      if (message.type === schemaMessage) hasSchema = true;
      if (message.type === dictionaryBatch) starts.dictionaries.push(start);
      if (message.type === recordBatch) batches = starts.batches.push(start);
      compression ??= message.compression;
      at += message.bodyLength;
    }
  } catch {
    return facts(Math.min(at, bytes.length));
  }
  return facts(null);
}

/** Where messages begin, by type. */
interface Starts {
  readonly dictionaries: number[];
  readonly batches: number[];
}

interface Message {
  readonly type: number;
  readonly bodyLength: number;
  /** End of the last buffer within the body. */
  readonly buffersEnd: number;
  readonly compression: IpcFacts["compression"];
}

function readMessage(view: DataView, start: number, end: number): Message {
  const flat = flatbuffer(view, start, end);
  const { field, follow } = flat;
  const root = follow(start);
  const typeAt = field(root, 1);
  const headerAt = field(root, 2);
  const lengthAt = field(root, 3);
  const type = typeAt === null ? 0 : view.getUint8(typeAt);
  const bodyLength = lengthAt === null ? 0 : Number(view.getBigInt64(lengthAt, true));
  if (type < schemaMessage || type > recordBatch) throw new RangeError(String(type));
  if (bodyLength < 0) throw new RangeError(String(bodyLength));
  if (type === schemaMessage && headerAt !== null) checkSchema(flat, follow(headerAt));
  let batch = headerAt === null ? null : follow(headerAt);
  if (batch !== null && type === dictionaryBatch) {
    const dataAt = field(batch, 1);
    batch = dataAt === null ? null : follow(dataAt);
  } else if (type !== recordBatch) batch = null;
  if (batch === null) return { type, bodyLength, buffersEnd: 0, compression: null };
  checkLengths(view, field(batch, 0), field(batch, 1), bodyLength, follow);
  let buffersEnd = 0;
  const buffersAt = field(batch, 2);
  if (buffersAt !== null) {
    const vector = follow(buffersAt);
    const n = view.getUint32(vector, true);
    for (let i = 0; i < n; ++i) {
      const at = vector + 4 + 16 * i;
      const offset = Number(view.getBigInt64(at, true));
      const length = Number(view.getBigInt64(at + 8, true));
      if (offset < 0 || length < 0) throw new RangeError(String(at));
      buffersEnd = Math.max(buffersEnd, offset + length);
    }
  }
  const compressionAt = field(batch, 3);
  let compression: IpcFacts["compression"] = null;
  if (compressionAt !== null) {
    const codecAt = field(follow(compressionAt), 0);
    const codec = codecAt === null ? 0 : view.getInt8(codecAt);
    compression = codec === 0 ? "lz4" : codec === 1 ? "zstd" : "unknown";
  }
  return { type, bodyLength, buffersEnd, compression };
}

/** No column takes less than a bit a row: rows beyond that are a broken length, which would keep a reader busy for ever. */
function checkLengths(
  view: DataView,
  rowsAt: number | null,
  nodesAt: number | null,
  bodyLength: number,
  follow: (at: number) => number,
): void {
  const most = 8 * bodyLength;
  const check = (at: number): void => {
    const length = Number(view.getBigInt64(at, true));
    if (length < 0 || length > most) throw new RangeError(String(length));
  };
  if (rowsAt !== null) check(rowsAt);
  if (nodesAt === null) return;
  const nodes = follow(nodesAt);
  const n = view.getUint32(nodes, true);
  for (let i = 0; i < n; ++i) {
    check(nodes + 4 + 16 * i);
    check(nodes + 12 + 16 * i);
  }
}

interface Flat {
  readonly view: DataView;
  field(table: number, slot: number): number | null;
  follow(at: number): number;
  readonly end: number;
}

/** Every list of a schema lies within its message: fields, their children, the metadata pairs and their texts. */
function checkSchema(flat: Flat, schema: number): void {
  const { view, field, follow, end } = flat;
  let budget = end;
  const each = (table: number, slot: number, visit: (entry: number) => void): void => {
    const at = field(table, slot);
    if (at === null) return;
    const list = follow(at);
    const n = view.getUint32(list, true);
    budget -= n;
    if (list + 4 + 4 * n > end || budget < 0) throw new RangeError(String(n));
    for (let i = 0; i < n; ++i) visit(follow(list + 4 + 4 * i));
  };
  const text = (table: number, slot: number): void => {
    const at = field(table, slot);
    if (at === null) return;
    const start = follow(at);
    if (start + 4 + view.getUint32(start, true) > end) throw new RangeError(String(start));
  };
  const pair = (entry: number): void => {
    text(entry, 0);
    text(entry, 1);
  };
  const visitField = (entry: number): void => {
    text(entry, 0);
    each(entry, 5, visitField);
    each(entry, 6, pair);
  };
  each(schema, 1, visitField);
  each(schema, 2, pair);
}

/** Reads of a flatbuffer that stay within [start, end): anything beyond is a RangeError. */
function flatbuffer(view: DataView, start: number, end: number): Flat {
  const within = (at: number): number => {
    if (at < start || at >= end) throw new RangeError(String(at));
    return at;
  };
  return {
    view,
    end,
    field(table, slot) {
      const vtable = within(table - view.getInt32(table, true));
      const at = 4 + 2 * slot;
      // Signed, as the library reads them: what it takes for missing must be missing here.
      if (at >= view.getInt16(vtable, true)) return null;
      const offset = view.getInt16(within(vtable + at), true);
      return offset === 0 ? null : within(table + offset);
    },
    follow: (at) => within(at + view.getUint32(at, true)),
  };
}

/** Null where the footer that begins at `start` has a sound schema and a block, within the bytes before it, for each batch; else its place. */
function checkFooter(view: DataView, start: number, starts: Starts): number | null {
  const end = view.byteLength - 10;
  try {
    const flat = flatbuffer(view, start, end);
    const root = flat.follow(start);
    const schemaAt = flat.field(root, 1);
    if (schemaAt === null) return start;
    checkSchema(flat, flat.follow(schemaAt));
    for (const [slot, known] of [
      [2, starts.dictionaries],
      [3, starts.batches],
    ] as const) {
      const at = flat.field(root, slot);
      const list = at === null ? null : flat.follow(at);
      const n = list === null ? 0 : view.getUint32(list, true);
      if (n !== known.length) return start;
      for (let i = 0; i < n; ++i) {
        const block = list! + 4 + 24 * i;
        if (block + 24 > end) return start;
        if (Number(view.getBigInt64(block, true)) !== known[i]) return start;
      }
    }
    return null;
  } catch {
    return start;
  }
}
