/** A chart as the reports have it, in the page's own colours. */
export function Drawing({ svg }: { readonly svg: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing functions, which escape every text in it
  return <div className="max-w-[46rem]" dangerouslySetInnerHTML={{ __html: svg }} />;
}
