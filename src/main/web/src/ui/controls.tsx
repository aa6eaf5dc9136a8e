import type { ComponentChildren, JSX, PartialInputHTMLAttributes } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../i18n/texts';
import { Icon, type IconName } from './Icon';

/** A button that shows an icon; its label is for those who cannot see that. */
export function IconButton({
  icon,
  label,
  main,
  size,
  ...rest
}: {
  icon: IconName;
  label: string;
  main?: boolean;
  size?: number;
} & JSX.IntrinsicElements['button']) {
  return (
    <button
      type="button"
      class={`icon-button${main ? ' main' : ''}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} size={size} />
    </button>
  );
}

type FieldInput = Omit<PartialInputHTMLAttributes<HTMLInputElement>, 'label' | 'type' | 'role'> & {
  type?: string;
};

/** An input with its label, a hint, and what is wrong with it. */
export function Field({
  label,
  hint,
  wrong,
  after,
  ...input
}: {
  label: string;
  hint?: string;
  wrong?: string;
  after?: ComponentChildren;
} & FieldInput) {
  const id = useId();
  const described = wrong || hint ? `${id}-more` : undefined;
  return (
    <div class={`field${wrong ? ' wrong' : ''}`}>
      <label for={id}>{label}</label>
      <div class="box">
        <input id={id} aria-describedby={described} aria-invalid={!!wrong} {...(input as object)} />
        {after}
      </div>
      {(wrong || hint) && (
        <p id={described} class={wrong ? 'wrong-because' : 'hint'}>
          {wrong ?? hint}
        </p>
      )}
    </div>
  );
}

/** A field whose text is only shown on demand. */
export function PasswordField(props: Parameters<typeof Field>[0]) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={shown ? 'text' : 'password'}
      after={
        <IconButton
          icon={shown ? 'eye-off' : 'eye'}
          label={t(shown ? 'field.hidePassword' : 'field.showPassword')}
          size={20}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}

export function SearchField({
  label,
  value,
  onText,
  autofocus,
}: {
  label: string;
  value: string;
  onText(text: string): void;
  autofocus?: boolean;
}) {
  return (
    <div class="search">
      <Icon name="search" size={20} />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        ref={autofocus ? focusOnce : undefined}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onText('');
        }}
      />
    </div>
  );
}

/** Phones would cover half of the screen with a keyboard. */
function focusOnce(element: HTMLInputElement | null): void {
  if (element && matchMedia('(hover: hover)').matches) element.focus({ preventScroll: true });
}

export function Switch({
  label,
  hint,
  on,
  disabled,
  onToggle,
}: {
  label: string;
  hint?: string;
  on: boolean;
  disabled?: boolean;
  onToggle(on: boolean): void;
}) {
  const id = useId();
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={on}
      aria-label={label}
      aria-describedby={hint ? id : undefined}
      disabled={disabled}
      onClick={() => onToggle(!on)}
    >
      <span class="grow">
        <span>{label}</span>
        {hint && (
          <span class="hint line" id={id}>
            {hint}
          </span>
        )}
      </span>
      <span class="track" />
    </button>
  );
}

/** One of a few, chosen from a list. */
export function Choice<T extends string>({
  label,
  value,
  options,
  disabled,
  onChoose,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  disabled?: boolean;
  onChoose(value: T): void;
}) {
  const id = useId();
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => onChoose(event.currentTarget.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
