/** This program's version, which results carry. */
export const engrailedVersion = "0.1.0";
