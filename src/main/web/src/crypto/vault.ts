import type { KeyStore } from '../store/keys';
import { concat } from './bytes';

const IV_BYTES = 12;

/**
 * Wraps the keys that the library needs in the raw before they are stored. The wrapping key itself
 * never leaves the browser: who copies the stored bytes has nothing.
 */
export class Vault {
  private constructor(private readonly key: CryptoKey) {}

  static async open(keys: KeyStore): Promise<Vault> {
    const kept = await keys.secret<CryptoKey>('wrap');
    if (kept) return new Vault(kept);
    const algorithm = { name: 'AES-GCM', length: 256 };
    const made = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    await keys.keepSecret('wrap', made);
    return new Vault(made);
  }

  async wrap(bytes: Uint8Array): Promise<Uint8Array> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = bytes as Uint8Array<ArrayBuffer>;
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.key, plain);
    return concat(iv, new Uint8Array(sealed));
  }

  async unwrap(bytes: Uint8Array): Promise<Uint8Array> {
    const iv = bytes.slice(0, IV_BYTES);
    const sealed = bytes.slice(IV_BYTES);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.key, sealed));
  }
}
