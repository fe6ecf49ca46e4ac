declare module "papaparse" {
  const Papa: {
    parse<T>(
      text: string,
      options: { readonly delimiter: string; readonly skipEmptyLines: boolean },
    ): { readonly data: T[] };
  };
  export default Papa;
}
