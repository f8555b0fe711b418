import { Link } from './_ui/link.tsx';

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-96 flex-col justify-center gap-3 px-4">
      <h1 className="font-semibold text-large">There is no such page</h1>
      <Link href="/" className="underline underline-offset-4">
        To the overview
      </Link>
    </main>
  );
}
