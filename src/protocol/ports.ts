import * as Comlink from "comlink";
import { fromPlain, toPlain, type PlainError } from "../base/errors.ts";

/** The other side of a port: every method returns a promise. */
export type Remote<T> = Comlink.Remote<T>;

export interface Endpoint {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void;
  start?: () => void;
}

let prepared = false;

/** Errors keep their class and fields when they cross. */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  const thrown = Comlink.transferHandlers.get("throw");
  if (!thrown) throw new Error("comlink has no handler for thrown values");
  Comlink.transferHandlers.set("throw", {
    canHandle: thrown.canHandle,
    serialize: (value: unknown) => [toPlain((value as { value: unknown }).value), []],
    deserialize: (plain: PlainError): never => {
      throw fromPlain(plain);
    },
  });
}

/** Answers calls that arrive on `endpoint` with the methods of `api`. */
export function serve(api: object, endpoint: Endpoint): void {
  prepare();
  Comlink.expose(api, endpoint as Comlink.Endpoint);
}

/** Calls the methods that the other side of `endpoint` serves. */
export function connect<T>(endpoint: Endpoint): Remote<T> {
  prepare();
  return Comlink.wrap<T>(endpoint as Comlink.Endpoint);
}

/** A function that the other side may call. */
export function callback<T extends object>(fn: T): T {
  return Comlink.proxy(fn);
}

/** `value` with buffers and ports that move to the other side instead of being copied. */
export function moved<T>(value: T, transfer: Transferable[]): T {
  return Comlink.transfer(value as T & object, transfer);
}
