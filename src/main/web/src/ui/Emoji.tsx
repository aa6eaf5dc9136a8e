import { t } from '../i18n/texts';
import { Sheet } from './Sheet';

/** What most people answer with most of the time. */
export const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

const ALL = (
  '😀 😃 😄 😁 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😜 🤪 🤗 🤭 🤫 🤔 🤐 😐 😏 🙄 😬 😌 😔 😴 😷 ' +
  '🤒 🥵 🥶 🥴 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😲 😳 🥺 😨 😢 😭 😱 😖 😩 🥱 😤 😡 🤬 💀 💩 🤡 👻 🤖 ' +
  '👋 🤚 ✋ 👌 🤌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 🤝 🙏 💪 👀 🧠 ' +
  '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💯 💥 💫 💦 💤 ✨ ⭐ 🔥 🎉 🎊 🎈 🎁 🏆 ⚽ 🎯 🎵 ' +
  '🐶 🐱 🦊 🐻 🐼 🐸 🐵 🐧 🦄 🐝 🦋 🌸 🌹 🌻 🌲 🍀 🍎 🍓 🍕 🍔 🍟 🍰 🍪 ☕ 🍺 🍷 ' +
  '🚗 🚲 🚂 ✈️ 🚀 🏠 🌍 🌈 ☀️ 🌙 ☔ ❄️ 📷 💻 📱 💡 📚 ✏️ 📌 ✅ ❌ ❓ ❗ ⏰ 🔒 🔑'
).split(' ');

/** All emoji that can be picked here; a phone's keyboard has more. */
export function EmojiSheet({ onPick, onClose }: { onPick(emoji: string): void; onClose(): void }) {
  return (
    <Sheet label={t('message.emoji')} onClose={onClose}>
      <div class="emoji-grid">
        {ALL.map((emoji) => (
          <button
            type="button"
            key={emoji}
            class="emoji-button"
            onClick={() => {
              onClose();
              onPick(emoji);
            }}
          >
            {emoji}
          </button>
        ))}
      </div>
    </Sheet>
  );
}
