/**
 * What went wrong, as a value that keeps its meaning when it crosses a worker or a frame.
 *
 * Messages are lowercase, say what is wrong, then a colon and the value: "invalid method: tmmm".
 * `help` is one sentence with what the reader can do about it.
 */
export interface ErrorDetails {
  /** The file that was being read. */
  readonly file?: string;
  /** 1-based line and column in a text file. */
  readonly line?: number;
  readonly column?: number;
  /** Byte offset in a binary file. */
  readonly offset?: number;
  /** What stood in its place. */
  readonly expected?: string;
  /** SQL text of a failed query. */
  readonly sql?: string;
  /** What the reader can do now. */
  readonly help?: string;
  readonly cause?: unknown;
}

/** The classes of error, by name: an argument, a file, a query, the storage, or the work itself. */
export type ErrorKind = "ArgumentError" | "ReadError" | "QueryError" | "StorageError" | "WorkError";

/** An error with typed fields; `name` is its kind, and survives structured clone through `toPlain`. */
export class EngrailedError extends Error {
  readonly details: ErrorDetails;
  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = kind;
    this.details = details;
  }
}

/** An option or argument that can't be used: names the argument and the value. */
export function argumentError(message: string, details?: ErrorDetails): EngrailedError {
  return new EngrailedError("ArgumentError", message, details);
}

/** A file that can't be read: names the file, the place in it and what was expected there. */
export function readError(message: string, details: ErrorDetails): EngrailedError {
  return new EngrailedError("ReadError", message, details);
}

/** A query that failed; keeps its SQL. */
export function queryError(message: string, details: ErrorDetails): EngrailedError {
  return new EngrailedError("QueryError", message, details);
}

/** Storage that refused: quota, private mode, a blocked database. */
export function storageError(message: string, details?: ErrorDetails): EngrailedError {
  return new EngrailedError("StorageError", message, details);
}

/** A computation that has no answer for this input. */
export function workError(message: string, details?: ErrorDetails): EngrailedError {
  return new EngrailedError("WorkError", message, details);
}

/** What a stopped call rejects with. */
export function abortError(message = "stopped"): DOMException {
  return new DOMException(message, "AbortError");
}

export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** The structured-clone form of any thrown value. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly details?: ErrorDetails;
}

/** Any thrown value as a structured-clone form that keeps kind and fields. */
export function toPlain(error: unknown): PlainError {
  if (error instanceof EngrailedError) {
    const { cause, ...rest } = error.details;
    const details = cause === undefined ? rest : { ...rest, cause: String(cause) };
    return { name: error.name, message: error.message, stack: error.stack, details };
  }
  if (error instanceof Error)
    return { name: error.name, message: error.message, stack: error.stack };
  return { name: "Error", message: String(error) };
}

const kinds = new Set(["ArgumentError", "ReadError", "QueryError", "StorageError", "WorkError"]);

/** The error again, of the class that it had. */
export function fromPlain(plain: PlainError): Error {
  if (kinds.has(plain.name))
    return new EngrailedError(plain.name as ErrorKind, plain.message, plain.details);
  if (plain.name === "AbortError") return abortError(plain.message);
  const error = new Error(plain.message);
  error.name = plain.name;
  return error;
}
