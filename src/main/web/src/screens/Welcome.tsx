import { useState } from 'preact/hooks';
import { codeOf } from '../api/problem';
import { t } from '../i18n/texts';
import { register, signIn, wasEnded } from '../model/account';
import { explain } from '../ui/errors';
import { Field, PasswordField } from '../ui/controls';
import { Mark } from '../ui/Icon';

const USER_ID = /^[a-z0-9][a-z0-9_-]*$/;
const USER_ID_CHARACTERS_MAX = 64;
const PASSWORD_CHARACTERS_MIN = 8;

/** What is wrong with which field, or with all of it together. */
interface Wrong {
  userId?: string;
  password?: string;
  all?: string;
}

/** Where one signs in, or makes an account. */
export function Welcome() {
  const [isNew, setNew] = useState(false);
  const [userId, setUserId] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<Wrong>({});
  const [busy, setBusy] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const id = userId.trim().toLowerCase();
    const found = check(id, password, isNew);
    setWrong(found);
    if (found.userId || found.password) return;
    setBusy(true);
    try {
      await (isNew ? register(id, password, name.trim()) : signIn(id, password));
    } catch (error) {
      setWrong(wrongBecause(error, id));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main class="welcome">
      <div class="welcome-brand">
        <Mark size={76} />
        <p class="name">Parley</p>
        <p class="tagline">{t('app.tagline')}</p>
      </div>
      <form class="welcome-form" onSubmit={(event) => void submit(event)} noValidate>
        <h1>{t(isNew ? 'register.title' : 'signIn.title')}</h1>
        {wasEnded.value && !isNew && <p class="note">{t('signIn.ended')}</p>}
        <Field
          label={t('field.userId')}
          hint={isNew ? t('register.userIdHint') : undefined}
          wrong={wrong.userId}
          value={userId}
          name="username"
          autocomplete="username"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          onInput={(event) => setUserId(event.currentTarget.value)}
        />
        {isNew && (
          <Field
            label={t('field.displayName')}
            hint={t('field.displayNameHint')}
            value={name}
            name="name"
            maxLength={100}
            autocomplete="name"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordField
          label={t('field.password')}
          hint={isNew ? t('register.passwordHint') : undefined}
          wrong={wrong.password}
          value={password}
          name="password"
          autocomplete={isNew ? 'new-password' : 'current-password'}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
        {wrong.all && (
          <p class="note wrong" role="alert">
            {wrong.all}
          </p>
        )}
        <button type="submit" class="button main wide" disabled={busy} data-testid="submit">
          {busy
            ? t(isNew ? 'register.busy' : 'signIn.busy')
            : t(isNew ? 'register.submit' : 'signIn.submit')}
        </button>
        <button
          type="button"
          class="button plain wide"
          data-testid="switch-mode"
          onClick={() => {
            setNew(!isNew);
            setWrong({});
          }}
        >
          {t(isNew ? 'register.toSignIn' : 'signIn.toRegister')}
        </button>
      </form>
    </main>
  );
}

function check(id: string, password: string, isNew: boolean): Wrong {
  return { userId: checkUserId(id), password: checkPassword(password, isNew) };
}

function checkUserId(id: string): string | undefined {
  if (id === '') return t('error.empty');
  if (id.length > USER_ID_CHARACTERS_MAX) return t('error.userIdLong');
  return USER_ID.test(id) ? undefined : t('error.userIdForm');
}

function checkPassword(password: string, isNew: boolean): string | undefined {
  if (password === '') return t('error.empty');
  return isNew && password.length < PASSWORD_CHARACTERS_MIN ? t('error.passwordShort') : undefined;
}

function wrongBecause(error: unknown, userId: string): Wrong {
  if (codeOf(error) === 'user-id-taken') {
    const number = 10 + Math.floor(Math.random() * 90);
    return { userId: t('error.userIdTaken', { userId, number }) };
  }
  return { all: explain(error) };
}
