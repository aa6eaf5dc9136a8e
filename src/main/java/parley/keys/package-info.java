/**
 * End-to-end encryption, the server's side of it (RFC 9420, RFC 9750): the keys that devices offer,
 * the log of those keys, and the order of commits. What is sealed nobody here can read.
 */
package parley.keys;
