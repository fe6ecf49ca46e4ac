/** Observable Inputs ship no types: cells use them as they are. */
declare module "@observablehq/inputs";
