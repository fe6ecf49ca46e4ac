/** Stands in for the compiler that Notebook Kit imports: types are stripped by sucrase, when a cell needs it. */
export default {};
