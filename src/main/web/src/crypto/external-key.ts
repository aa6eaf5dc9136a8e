import {
  createGroupInfo,
  decodeVarLenData,
  encode,
  ratchetTreeEncoder,
  varLenDataEncoder,
  type CiphersuiteImpl,
  type ClientState,
  type GroupInfo,
} from './library';

/**
 * What joins from outside are made from. RFC 9420 (12.4.3.2) gives the key in it a length, which the
 * library leaves out and does not expect; other clients write it and need it.
 */
export async function groupInfoOf(state: ClientState, suite: CiphersuiteImpl): Promise<GroupInfo> {
  const { publicKey } = await suite.hpke.deriveKeyPair(state.keySchedule.externalSecret);
  const key = await suite.hpke.exportPublicKey(publicKey);
  const tree = encode(ratchetTreeEncoder)(state.ratchetTree);
  return createGroupInfo(
    state.groupContext,
    state.confirmationTag,
    state,
    [
      { extensionType: 'external_pub', extensionData: encode(varLenDataEncoder)(key) },
      { extensionType: 'ratchet_tree', extensionData: tree },
    ],
    suite,
  );
}

/** As the library looks for the key; what is signed stays as it came. */
export function readable(info: GroupInfo): GroupInfo {
  const extensions = [...info.extensions];
  const find = extensions.find.bind(extensions) as (by: Test) => Extension | undefined;
  extensions.find = ((by: Test) => bare(find(by))) as typeof extensions.find;
  return { ...info, extensions };
}

type Extension = GroupInfo['extensions'][number];
type Test = (extension: Extension) => boolean;

function bare(extension: Extension | undefined): Extension | undefined {
  if (extension?.extensionType !== 'external_pub') return extension;
  const key = decodeVarLenData(extension.extensionData, 0)?.[0];
  return key && { ...extension, extensionData: key };
}
