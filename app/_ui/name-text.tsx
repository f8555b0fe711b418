/** Shorter ones are whole wherever names are. */
const SHORT = 10;
/** Letters at its end that stay when a name is too long for its place: that is where names often differ. */
const TAIL = 4;

/** A name in an element of the class "replica-name", which leaves letters out of its middle where it has to. */
export function NameText({ name }: { readonly name: string }) {
  if (name.length <= SHORT) return name;
  return (
    <>
      <span className="truncate">{name.slice(0, -TAIL)}</span>
      <span>{name.slice(-TAIL)}</span>
    </>
  );
}
