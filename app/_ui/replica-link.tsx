import { Link } from './link.tsx';
import { NameText } from './name-text.tsx';

interface ReplicaLinkProps {
  readonly name: string;
  readonly className?: string;
}

/** A replica's name, which leads to its page; where there is no room for all of it its title has it. */
export function ReplicaLink({ name, className = '' }: ReplicaLinkProps) {
  return (
    <Link
      href={`/replicas/${encodeURIComponent(name)}`}
      title={name}
      aria-label={name}
      className={`replica-name underline-offset-4 hover:underline ${className}`}
    >
      <NameText name={name} />
    </Link>
  );
}
