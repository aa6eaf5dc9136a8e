import { useEffect, useState } from 'preact/hooks';
import { LANGUAGES, t } from '../i18n/texts';
import { signOut } from '../model/account';
import type { Chat } from '../model/chat';
import { go, linkTo } from '../model/route';
import { language, theme } from '../model/settings';
import type { Profile } from '../wire/forms';
import { PictureChooser } from '../ui/PictureChooser';
import { Choice, Field, IconButton, Switch } from '../ui/controls';
import { attempt } from '../ui/errors';
import { Icon } from '../ui/Icon';
import { Confirm } from '../ui/Sheet';

const PROFILE = 'profile';

/** The user's own profile, and how the app behaves. */
export function SettingsScreen({ chat }: { chat: Chat }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <section class="pane-screen" aria-label={t('settings.title')}>
      <header class="bar">
        <IconButton icon="back" label={t('action.back')} onClick={() => go({ at: 'list' })} />
        <h1>{t('settings.title')}</h1>
      </header>
      <div class="pane-body cards">
        <ProfileCard chat={chat} />
        <h2 class="section">{t('settings.appearance')}</h2>
        <div class="group-card">
          <Choice
            label={t('settings.theme')}
            value={theme.value}
            options={(['system', 'light', 'dark'] as const).map((value) => ({
              value,
              label: t(`settings.theme.${value}`),
            }))}
            onChoose={(value) => (theme.value = value)}
          />
          <Choice
            label={t('settings.language')}
            value={language.value}
            options={[
              { value: 'system', label: t('settings.language.system') },
              ...Object.entries(LANGUAGES).map(([value, label]) => ({
                value: value as keyof typeof LANGUAGES,
                label,
              })),
            ]}
            onChoose={(value) => (language.value = value)}
          />
        </div>
        <h2 class="section">{t('settings.notifications')}</h2>
        <div class="group-card">
          <PushSwitch chat={chat} />
        </div>
        <h2 class="section">{t('settings.devices')}</h2>
        <div class="group-card">
          <a class="card-link" href={linkTo({ at: 'devices' })} data-testid="devices">
            <Icon name="device" />
            <span class="grow">{t('settings.devicesHint')}</span>
            <Icon name="right" size={18} />
          </a>
        </div>
        <div class="group-card">
          <button
            type="button"
            class="card-link danger"
            onClick={() => setLeaving(true)}
            data-testid="sign-out"
          >
            <Icon name="exit" />
            <span class="grow">{t('settings.signOut')}</span>
          </button>
        </div>
      </div>
      {leaving && (
        <Confirm
          title={t('settings.signOutSure')}
          text={t(
            chat.drafts.value.length > 0 ? 'settings.signOutWaiting' : 'settings.signOutHint',
          )}
          action={t('settings.signOut')}
          onYes={() => {
            go({ at: 'list' }, true);
            void signOut();
          }}
          onClose={() => setLeaving(false)}
        />
      )}
    </section>
  );
}

function ProfileCard({ chat }: { chat: Chat }) {
  const [profile, setProfile] = useState<Profile>();
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  function take(it: Profile): void {
    setProfile(it);
    setName(it.displayName);
    setAbout(it.about ?? '');
  }
  useEffect(() => {
    // What is known shows at once, and without a network too.
    void chat.store.note<Profile>(PROFILE).then((known) => known && take(known));
    void chat.calls.profile('me').then(keep, () => {});
  }, []);
  async function keep(it: Profile): Promise<void> {
    take(it);
    await chat.store.keepNote(PROFILE, it);
    await chat.people.fetch(chat.me).catch(() => {});
  }
  const change = async (to: Parameters<Chat['calls']['changeProfile']>[0]) =>
    keep(await chat.calls.changeProfile(to));
  const save = (to: Parameters<typeof change>[0]) => attempt(() => change(to), t('settings.saved'));
  const upload = (picture: Blob) => chat.calls.media.upload(picture, 'profile.jpg');
  const changed =
    profile && (name.trim() !== profile.displayName || about.trim() !== (profile.about ?? ''));
  return (
    <>
      <form
        class="profile"
        onSubmit={(event) => {
          event.preventDefault();
          void save({ displayName: name.trim(), about: about.trim() });
        }}
      >
        <PictureChooser
          id={chat.me}
          name={profile?.displayName ?? chat.me}
          has={!!profile?.picture}
          onPicture={async (picture) => change({ picture: await upload(picture) })}
          onRemove={() => change({ picture: '' })}
        />
        <p class="hint">@{chat.me}</p>
        <Field
          label={t('field.displayName')}
          value={name}
          maxLength={100}
          disabled={!profile}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Field
          label={t('field.about')}
          placeholder={t('field.aboutHint')}
          value={about}
          maxLength={500}
          disabled={!profile}
          onInput={(event) => setAbout(event.currentTarget.value)}
        />
        {changed && (
          <button type="submit" class="button main wide" disabled={name.trim() === ''}>
            {t('action.save')}
          </button>
        )}
      </form>
      <h2 class="section">{t('settings.privacy')}</h2>
      <div class="group-card">
        <Switch
          label={t('settings.presence')}
          hint={t('settings.presenceHint')}
          on={profile?.showsPresence ?? true}
          disabled={!profile}
          onToggle={(showsPresence) => void save({ showsPresence })}
        />
      </div>
    </>
  );
}

function PushSwitch({ chat }: { chat: Chat }) {
  const state = chat.notifications.state.value;
  return (
    <Switch
      label={t('settings.push')}
      hint={t(`settings.push.${state}`)}
      on={state === 'on'}
      disabled={state === 'unsupported' || state === 'denied'}
      onToggle={(on) =>
        void attempt(() => (on ? chat.notifications.start() : chat.notifications.end()))
      }
    />
  );
}
