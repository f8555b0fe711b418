export default function Loading() {
  return <p className="px-6 py-4 text-muted">Fetching what is so now…</p>;
}
