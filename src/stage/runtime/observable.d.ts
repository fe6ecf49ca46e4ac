declare module "@observablehq/runtime" {
  export interface Observer {
    pending?(): void;
    fulfilled?(value: unknown, name: string | null): void;
    rejected?(error: unknown, name: string | null): void;
    /** Where the variable shows; what `visibility` watches. */
    readonly _node?: Element;
  }
  export type Definition = (this: unknown, ...inputs: never[]) => unknown;
  export interface Variable {
    define(name: string | null, inputs: readonly string[], definition: Definition): Variable;
    delete(): Variable;
  }
  export interface Module {
    define(name: string | null, inputs: readonly string[], definition: Definition): Variable;
    variable(observer?: Observer | true): Variable;
    value(name: string): Promise<unknown>;
  }
  export class Runtime {
    constructor(builtins?: undefined, global?: (name: string) => unknown);
    module(): Module;
    dispose(): void;
    readonly _builtin: Module;
    readonly _disposed: boolean;
    _precompute(callback: () => void): void;
    _computeSoon(): Promise<void>;
    _computeNow(): Promise<void>;
  }
  export class RuntimeError extends Error {
    readonly input?: string;
  }
}

declare module "@observablehq/inspector" {
  export class Inspector {
    constructor(node: Element);
    fulfilled(value: unknown, name?: string): void;
  }
}
