/** A chart as the reports have it, in the page's own colours; where there is little room it scrolls rather than shrinks. */
export function Drawing({ svg }: { readonly svg: string }) {
  return (
    <div
      className="max-w-[46rem] overflow-x-auto [&>svg]:min-w-[34rem]"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls on a phone has to be reachable by keyboard
      tabIndex={0}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing functions, which escape every text in it
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
