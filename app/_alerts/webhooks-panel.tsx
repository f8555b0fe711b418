'use client';

import { type FormEvent, useState } from 'react';
import type { WebhooksPage, WebhookView } from '#lib/api/webhooks.ts';
import { track } from '../_changes/carry-out.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { ReadingFailed } from '../_live/reading.tsx';
import { useSession } from '../_shell/session.tsx';
import { Panel } from '../_ui/panel.tsx';
import { addWebhook, removeWebhook, testWebhook } from './api.ts';
import { DeliveryTable } from './delivery-table.tsx';
import { FIELD, Labelled } from './labelled.tsx';

interface WebhooksPanelProps {
  /** Null while they are not known. */
  readonly page: WebhooksPage | null;
  readonly problem: string | null;
}

/** Who is told, whether they could be, and what can be done about it. */
export function WebhooksPanel({ page, problem }: WebhooksPanelProps) {
  const { role } = useSession();
  const mayChange = role === 'operator' && page?.mayChange === true;
  return (
    <Panel title="Webhooks">
      <p className="text-muted">Told of each alert that fires or ends, and again until it is taken.</p>
      {problem !== null && <ReadingFailed message={problem} />}
      {page === null && problem === null && <p className="py-3 text-muted">Reading the webhooks…</p>}
      {page?.webhooks.length === 0 && <p className="py-2">Nobody is told: there is no webhook.</p>}
      <ul data-testid="webhooks">
        {page?.webhooks.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange && <WebhookForm />}
      {role === 'operator' && page?.mayChange === false && (
        <p className="py-2 text-muted text-small">Set on the command line, with --alert-webhook.</p>
      )}
      {page !== null && page.deliveries.length > 0 && <DeliveryTable deliveries={page.deliveries} />}
    </Panel>
  );
}

interface WebhookRowProps {
  readonly webhook: WebhookView;
  readonly mayChange: boolean;
}

function WebhookRow({ webhook: { id, target, isSigned, from }, mayChange }: WebhookRowProps) {
  const { role } = useSession();
  const [isAsked, setAsked] = useState(false);
  const remove = (): void => track(`${target}…`, removeWebhook(id), `${target}: is told no more`);
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-4 border-line border-b py-1">
      <span className="min-w-48 flex-1">
        <span className="break-all font-mono text-small">{target}</span>
        <span className="block text-muted text-small">
          {isSigned ? 'signed' : 'not signed'}
          {from === 'flag' && ', from the command line'}
        </span>
      </span>
      {role === 'operator' && (
        <ChangeButton onClick={() => track(`${target}…`, testWebhook(id), `${target}: a test is on its way`)}>
          Send a test
        </ChangeButton>
      )}
      {mayChange && from === 'api' && !isAsked && (
        <ChangeButton onClick={() => setAsked(true)} aria-label={`Remove ${target}`}>
          Remove…
        </ChangeButton>
      )}
      {mayChange && from === 'api' && isAsked && (
        <ChangeButton weight="danger" onClick={remove}>
          Remove {target}
        </ChangeButton>
      )}
    </li>
  );
}

function WebhookForm() {
  const [url, setUrl] = useState('');
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const added = await addWebhook(secret === '' ? { url } : { url, secret });
      track(`${added.target}…`, Promise.resolve(), `${added.target}: is told from now on`);
      setUrl('');
      setSecret('');
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It was not added.');
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-3 grid gap-3 sm:grid-cols-2">
      <Labelled word="URL">
        {(id) => (
          <input
            id={id}
            value={url}
            type="url"
            placeholder="https://…"
            autoComplete="off"
            aria-invalid={problem !== null}
            onChange={(event) => setUrl(event.target.value)}
            className={FIELD}
          />
        )}
      </Labelled>
      <Labelled word="Secret (may be empty)">
        {(id) => (
          <input
            id={id}
            value={secret}
            type="password"
            autoComplete="off"
            onChange={(event) => setSecret(event.target.value)}
            className={FIELD}
          />
        )}
      </Labelled>
      <div className="col-span-full flex flex-wrap items-center gap-4">
        <ChangeButton type="submit" disabled={url === ''}>
          Add the webhook
        </ChangeButton>
        {problem !== null && (
          <span role="alert" className="text-critical">
            {problem}
          </span>
        )}
      </div>
    </form>
  );
}
