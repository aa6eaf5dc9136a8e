/**
 * What is used of ts-mls, by its single modules: its index also brings in a second implementation of
 * all the ciphers, in script, which nobody here needs.
 */
export { defaultAuthenticationService } from 'ts-mls/authenticationService.js';
export { type Capabilities } from 'ts-mls/capabilities.js';
export { type ClientConfig } from 'ts-mls/clientConfig.js';
export {
  createGroup,
  decodeGroupState,
  encodeGroupState,
  joinGroup,
  type ClientState,
} from 'ts-mls/clientState.js';
export { createCommit, createGroupInfo, joinGroupExternal } from 'ts-mls/createCommit.js';
export { createApplicationMessage } from 'ts-mls/createMessage.js';
export {
  getCiphersuiteFromName,
  type CiphersuiteImpl,
  type CiphersuiteName,
} from 'ts-mls/crypto/ciphersuite.js';
export { encode } from 'ts-mls/codec/tlsEncoder.js';
export { decodeVarLenData, varLenDataEncoder } from 'ts-mls/codec/variableLength.js';
export { ratchetTreeFromExtension, type GroupInfo } from 'ts-mls/groupInfo.js';
export { getCiphersuiteImpl } from 'ts-mls/crypto/getCiphersuiteImpl.js';
export {
  generateKeyPackageWithKey,
  makeKeyPackageRef,
  verifyKeyPackage,
  type KeyPackage,
  type PrivateKeyPackage,
} from 'ts-mls/keyPackage.js';
export { defaultKeyPackageEqualityConfig } from 'ts-mls/keyPackageEqualityConfig.js';
export { defaultLifetimeConfig } from 'ts-mls/lifetimeConfig.js';
export { decodeMlsMessage, encodeMlsMessage } from 'ts-mls/message.js';
export { decryptSenderData } from 'ts-mls/privateMessage.js';
export { processMessage } from 'ts-mls/processMessages.js';
export { type Proposal } from 'ts-mls/proposal.js';
export { ratchetTreeEncoder } from 'ts-mls/ratchetTree.js';
export { emptyPskIndex } from 'ts-mls/pskIndex.js';
