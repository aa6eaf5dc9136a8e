// One device that speaks MLS with ts-mls, and nothing else: a test says in JSON, a line each, what it
// is to do ({"op", …}, bytes in base64), and gets a line of JSON for each: {"ok": …} or {"error"}.
import { createInterface } from "node:readline";
import {
  createApplicationMessage,
  createCommit,
  createGroup,
  decodeMlsMessage,
  defaultCapabilities,
  defaultLifetime,
  emptyPskIndex,
  encodeMlsMessage,
  acceptAll,
  generateKeyPackageWithKey,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  joinGroupExternal,
  processMessage,
} from "ts-mls";
import { encode } from "ts-mls/codec/tlsEncoder.js";
import { createGroupInfo } from "ts-mls/createCommit.js";
import { ratchetTreeEncoder } from "ts-mls/ratchetTree.js";

const SUITE = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519";
const suite = await getCiphersuiteImpl(getCiphersuiteFromName(SUITE));
const text = { encode: (it) => new TextEncoder().encode(it), decode: (it) => new TextDecoder().decode(it) };
const toBase64 = (bytes) => Buffer.from(bytes).toString("base64");
const message = (base64) => {
  const decoded = decodeMlsMessage(new Uint8Array(Buffer.from(base64, "base64")), 0);
  if (decoded === undefined) throw new Error("Not an MLSMessage");
  return decoded[0];
};
const encoded = (content) => toBase64(encodeMlsMessage({ version: "mls10", ...content }));

let credential;
let signing;
const packages = [];
let state;
let pending;

const newPackage = async () => {
  const made = await generateKeyPackageWithKey(
    credential,
    defaultCapabilities(),
    defaultLifetime,
    [],
    signing,
    suite,
  );
  packages.push(made);
  return made;
};

const identityOf = (node) => text.decode(node.leaf.credential.identity);

const leaves = () =>
  state.ratchetTree.flatMap((node, index) =>
    node?.nodeType === "leaf" ? [{ leaf: index / 2, identity: identityOf(node) }] : [],
  );

// ts-mls 1.6.4 writes and reads the key in the external_pub extension without its length, which
// RFC 9420 (12.4.3.2) gives it; others do not understand that, nor does it understand others.
const withLength = (key) =>
  Uint8Array.from([...(key.length < 64 ? [key.length] : [0x40 | (key.length >> 8), key.length & 0xff]), ...key]);

const withoutLength = (data) => data.subarray(data[0] < 64 ? 1 : 2);

const info = async (of) => {
  const { publicKey } = await suite.hpke.deriveKeyPair(of.keySchedule.externalSecret);
  const externalPub = withLength(await suite.hpke.exportPublicKey(publicKey));
  const extensions = [
    { extensionType: "external_pub", extensionData: externalPub },
    { extensionType: "ratchet_tree", extensionData: encode(ratchetTreeEncoder)(of.ratchetTree) },
  ];
  return encoded({
    wireformat: "mls_group_info",
    groupInfo: await createGroupInfo(of.groupContext, of.confirmationTag, of, extensions, suite),
  });
};

// What is signed stays as it is; only who looks for the extension finds it as ts-mls wants it.
const readable = (groupInfo) => {
  const extensions = [...groupInfo.extensions];
  extensions.find = (fits) => {
    const found = groupInfo.extensions.find(fits);
    return found?.extensionType === "external_pub"
      ? { ...found, extensionData: withoutLength(found.extensionData) }
      : found;
  };
  return { ...groupInfo, extensions };
};

const operations = {
  async begin({ identity }) {
    const keys = await suite.signature.keygen();
    signing = { signKey: keys.signKey, publicKey: keys.publicKey };
    credential = { credentialType: "basic", identity: text.encode(identity) };
    return toBase64(signing.publicKey);
  },

  async packages({ count }) {
    const made = [];
    for (let i = 0; i < count; i++) {
      const { publicPackage } = await newPackage();
      made.push(encoded({ wireformat: "mls_key_package", keyPackage: publicPackage }));
    }
    return made;
  },

  async create({ group }) {
    const own = await newPackage();
    state = await createGroup(text.encode(group), own.publicPackage, own.privatePackage, [], suite);
  },

  async commit({ added, removed }) {
    const proposals = added.map((it) => ({
      proposalType: "add",
      add: { keyPackage: message(it).keyPackage },
    }));
    for (const { leaf, identity } of leaves()) {
      if (removed.includes(identity)) {
        proposals.push({ proposalType: "remove", remove: { removed: leaf } });
      }
    }
    const made = await createCommit(
      { state, cipherSuite: suite },
      { extraProposals: proposals, ratchetTreeExtension: true },
    );
    pending = made.newState;
    return {
      data: toBase64(encodeMlsMessage(made.commit)),
      welcome: made.welcome && encoded({ wireformat: "mls_welcome", welcome: made.welcome }),
      groupInfo: await info(pending),
    };
  },

  async confirm() {
    state = pending;
    pending = undefined;
  },

  async discard() {
    pending = undefined;
  },

  async handle({ data }) {
    state = (await processMessage(message(data), state, emptyPskIndex, acceptAll, suite)).newState;
  },

  async welcome({ data }) {
    for (const each of packages) {
      try {
        state = await joinGroup(
          message(data).welcome,
          each.publicPackage,
          each.privatePackage,
          emptyPskIndex,
          suite,
        );
        return true;
      } catch (notForThis) {
        if (!/No matching|not found|secret|find/i.test(notForThis.message)) throw notForThis;
      }
    }
    return false;
  },

  async external({ groupInfo }) {
    const own = await newPackage();
    const { publicMessage, newState } = await joinGroupExternal(
      readable(message(groupInfo).groupInfo),
      own.publicPackage,
      own.privatePackage,
      false,
      suite,
    );
    pending = newState;
    return {
      data: encoded({ wireformat: "mls_public_message", publicMessage }),
      groupInfo: await info(pending),
    };
  },

  async seal({ said }) {
    const made = await createApplicationMessage(state, text.encode(said), suite);
    state = made.newState;
    return encoded({ wireformat: "mls_private_message", privateMessage: made.privateMessage });
  },

  async open({ data }) {
    const opened = await processMessage(message(data), state, emptyPskIndex, acceptAll, suite);
    if (opened.kind !== "applicationMessage") throw new Error("Not what somebody says");
    state = opened.newState;
    return text.decode(opened.message);
  },

  async epoch() {
    return state === undefined ? -1 : Number(state.groupContext.epoch);
  },

  async members() {
    return leaves().map((it) => it.identity);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { op, ...input } = JSON.parse(line);
    const ok = await operations[op](input);
    process.stdout.write(JSON.stringify({ ok: ok ?? null }) + "\n");
  } catch (error) {
    process.stdout.write(JSON.stringify({ error: String(error?.message ?? error) }) + "\n");
  }
}
