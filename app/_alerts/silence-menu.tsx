'use client';

import { ChevronDown } from 'lucide-react';
import { durationWords } from '#lib/alerts/condition-words.ts';
import type { AlertView } from '#lib/api/alerts.ts';
import { useHindrance } from '../_changes/change-button.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { LazyMenu } from '../_ui/lazy-menu.tsx';
import { MenuItem } from '../_ui/menu.tsx';
import { alertTitle } from './alert-words.ts';
import { silenceNow } from './deeds.ts';
import { SILENCE_TIMES_MS } from './silence-times.ts';

/** Silences one alert: this rule at this replica. Wider silences have a form of their own. */
export function SilenceMenu({ alert }: { readonly alert: AlertView }) {
  const title = alertTitle(alert);
  const hindrance = useHindrance();
  return (
    <LazyMenu
      label={`Silence ${title}`}
      icon={
        <>
          Silence
          <ChevronDown className="size-4" aria-hidden="true" />
        </>
      }
      className={buttonClass()}
    >
      {SILENCE_TIMES_MS.map((forMs) => (
        <MenuItem
          key={forMs}
          disabled={hindrance !== null}
          title={hindrance ?? undefined}
          onClick={() => silenceNow({ ruleId: alert.rule.id, replica: alert.replica, forMs }, title)}
        >
          for {durationWords(forMs)}
        </MenuItem>
      ))}
    </LazyMenu>
  );
}
