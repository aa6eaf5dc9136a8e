import {
  createApplicationMessage,
  createCommit,
  createGroup,
  decodeGroupState,
  decodeMlsMessage,
  decryptSenderData,
  emptyPskIndex,
  encodeGroupState,
  encodeMlsMessage,
  joinGroup,
  joinGroupExternal,
  makeKeyPackageRef,
  processMessage,
  ratchetTreeFromExtension,
  type CiphersuiteImpl,
  type ClientState,
  type KeyPackage,
  type PrivateKeyPackage,
  type Proposal,
} from './library';
import { fromBase64, fromUtf8, toBase64, utf8 } from './bytes';
import { groupInfoOf, readable } from './external-key';
import { CONFIG, partsOf, suiteId, suiteOf, type Leaf } from './suites';

/** A key package and what opens what is sealed for it. */
export interface KeyPair {
  publicPackage: KeyPackage;
  privatePackage: PrivateKeyPackage;
}

/** What a commit is sent with. */
export interface Commit {
  data: string;
  welcome?: string;
  groupInfo: string;
  /** The group after it, once the server has accepted it. */
  next: Group;
}

/** What somebody said, and which device did. */
export interface Opened {
  text: Uint8Array;
  by: Leaf;
}

/** One MLS group at one moment. It never changes: what is done with it gives another one. */
export class Group {
  private constructor(
    readonly state: ClientState,
    private readonly suite: CiphersuiteImpl,
  ) {}

  /** `base`: the epoch of the conversation at which it begins anew. */
  static async create(id: string, keys: KeyPair, suite: number, base = 0): Promise<Group> {
    const impl = await suiteOf(suite);
    const { publicPackage, privatePackage } = keys;
    const name = utf8(base > 0 ? `${id}#${base}` : id);
    const state = await createGroup(name, publicPackage, privatePackage, [], impl, CONFIG);
    return new Group(state, impl);
  }

  static async restore(bytes: Uint8Array): Promise<Group> {
    const state = decodeGroupState(bytes, 0)?.[0];
    if (!state) throw new Error('The kept state of a group cannot be read');
    const suite = await suiteOf(suiteId(state.groupContext.cipherSuite));
    return new Group({ ...state, clientConfig: CONFIG }, suite);
  }

  /** Joins by a welcome, which has to bring the tree. */
  static async join(welcome: string, keys: KeyPair): Promise<Group> {
    const message = decode(welcome);
    if (message.wireformat !== 'mls_welcome') throw new Error('Not a welcome');
    const suite = await suiteOf(suiteId(message.welcome.cipherSuite));
    const { publicPackage, privatePackage } = keys;
    const state = await joinGroup(
      message.welcome,
      publicPackage,
      privatePackage,
      emptyPskIndex,
      suite,
      undefined,
      undefined,
      CONFIG,
    );
    return new Group(state, suite);
  }

  /** Joins from outside; the commit has to be accepted before the group holds. */
  static async joinExternally(groupInfo: string, keys: KeyPair): Promise<Commit> {
    const message = decode(groupInfo);
    if (message.wireformat !== 'mls_group_info') throw new Error('Not a group info');
    const info = readable(message.groupInfo);
    const suite = await suiteOf(suiteId(info.groupContext.cipherSuite));
    const { publicPackage, privatePackage } = keys;
    // The former leaf of the same device goes, if there is one.
    const tree = ratchetTreeFromExtension(info) ?? [];
    const isBack = tree.some(
      (node) =>
        node?.nodeType === 'leaf' &&
        CONFIG.keyPackageEqualityConfig.compareKeyPackageToLeafNode(publicPackage, node.leaf),
    );
    const { publicMessage, newState } = await joinGroupExternal(
      info,
      publicPackage,
      privatePackage,
      isBack,
      suite,
      undefined,
      CONFIG,
    );
    const next = new Group(newState, suite);
    const data = encodeMlsMessage({
      version: 'mls10',
      wireformat: 'mls_public_message',
      publicMessage,
    });
    return { data: toBase64(data), groupInfo: await next.info(), next };
  }

  /** The references of the key packages that a welcome is for. */
  static welcomed(welcome: string): string[] {
    const message = decode(welcome);
    if (message.wireformat !== 'mls_welcome') return [];
    return message.welcome.secrets.map(({ newMember }) => toBase64(newMember));
  }

  static async reference(keyPackage: KeyPackage, suite: number): Promise<string> {
    return toBase64(await makeKeyPackageRef(keyPackage, (await suiteOf(suite)).hash));
  }

  /** As the conversation counts them, over all groups that it has had. */
  get epoch(): number {
    return this.base + Number(this.state.groupContext.epoch);
  }

  /** At which epoch of the conversation it began; that is in its name. */
  get base(): number {
    return Number(this.name.split('#')[1] ?? 0);
  }

  get conversation(): string {
    return this.name.split('#')[0]!;
  }

  /** Nobody has heard of it yet. */
  get isNew(): boolean {
    return this.state.groupContext.epoch === 0n;
  }

  private get name(): string {
    return fromUtf8(this.state.groupContext.groupId);
  }

  get suiteId(): number {
    return suiteId(this.state.groupContext.cipherSuite);
  }

  /** Whether this device is still in it. */
  get active(): boolean {
    return this.state.groupActiveState.kind === 'active';
  }

  /** Without looking at each: saying something changes no member. */
  hasSameMembers(other: Group): boolean {
    return this.state.ratchetTree === other.state.ratchetTree;
  }

  bytes(): Uint8Array {
    return encodeGroupState(this.state);
  }

  members(): Leaf[] {
    return leavesOf(this.state.ratchetTree);
  }

  /**
   * Takes devices in and puts leaves out; also without either it renews this device's keys. Without
   * the tree in the welcome, who is taken in joins from outside.
   */
  async commit(
    added: readonly string[],
    removed: readonly number[],
    withTree = true,
  ): Promise<Commit> {
    const proposals: Proposal[] = [
      ...removed.map((index): Proposal => ({
        proposalType: 'remove',
        remove: { removed: index },
      })),
      ...added.map((data): Proposal => ({
        proposalType: 'add',
        add: { keyPackage: keyPackageIn(data) },
      })),
    ];
    const { commit, welcome, newState } = await createCommit(
      { state: this.state, cipherSuite: this.suite },
      { extraProposals: proposals, ratchetTreeExtension: withTree },
    );
    const next = new Group(newState, this.suite);
    return {
      data: toBase64(encodeMlsMessage(commit)),
      welcome:
        welcome &&
        toBase64(encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome })),
      groupInfo: await next.info(),
      next,
    };
  }

  async seal(text: Uint8Array): Promise<{ data: string; next: Group }> {
    const sealed = await createApplicationMessage(this.state, text, this.suite);
    const data = encodeMlsMessage({
      version: 'mls10',
      wireformat: 'mls_private_message',
      privateMessage: sealed.privateMessage,
    });
    return { data: toBase64(data), next: new Group(sealed.newState, this.suite) };
  }

  /** Reads what another device said, in this epoch or a late one. */
  async open(data: string): Promise<{ opened: Opened; next: Group }> {
    const message = decode(data);
    if (message.wireformat !== 'mls_private_message') throw new Error('Not a private message');
    const { epoch } = message.privateMessage;
    const past = this.state.historicalReceiverData.get(epoch);
    const at = past ?? {
      senderDataSecret: this.state.keySchedule.senderDataSecret,
      ratchetTree: this.state.ratchetTree,
    };
    const sender = await decryptSenderData(message.privateMessage, at.senderDataSecret, this.suite);
    const by = leavesOf(at.ratchetTree).find(({ index }) => index === sender?.leafIndex);
    if (!by) throw new Error('Nobody is at that leaf');
    const result = await processMessage(message, this.state, emptyPskIndex, accept, this.suite);
    if (result.kind !== 'applicationMessage') throw new Error('Not what somebody said');
    return { opened: { text: result.message, by }, next: new Group(result.newState, this.suite) };
  }

  /** Follows a commit of another device. */
  async follow(data: string): Promise<Group> {
    const message = decode(data);
    if (
      message.wireformat !== 'mls_private_message' &&
      message.wireformat !== 'mls_public_message'
    ) {
      throw new Error('Not a commit');
    }
    const result = await processMessage(message, this.state, emptyPskIndex, accept, this.suite);
    if (result.kind !== 'newState') throw new Error('Not a commit');
    return new Group(result.newState, this.suite);
  }

  private async info(): Promise<string> {
    const groupInfo = await groupInfoOf(this.state, this.suite);
    return toBase64(
      encodeMlsMessage({ version: 'mls10', wireformat: 'mls_group_info', groupInfo }),
    );
  }
}

const accept = () => 'accept' as const;

function decode(data: string) {
  const message = decodeMlsMessage(fromBase64(data), 0)?.[0];
  if (!message) throw new Error('Not a message of MLS');
  return message;
}

export function keyPackageIn(data: string): KeyPackage {
  const message = decode(data);
  if (message.wireformat !== 'mls_key_package') throw new Error('Not a key package');
  return message.keyPackage;
}

/** Leaves are at the even places of the tree. */
function leavesOf(tree: ClientState['ratchetTree']): Leaf[] {
  const leaves: Leaf[] = [];
  tree.forEach((node, place) => {
    if (node?.nodeType !== 'leaf' || !('identity' in node.leaf.credential)) return;
    const { identity } = node.leaf.credential;
    leaves.push({ ...partsOf(identity), key: node.leaf.signaturePublicKey, index: place / 2 });
  });
  return leaves;
}
