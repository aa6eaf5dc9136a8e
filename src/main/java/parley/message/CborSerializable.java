package parley.message;

/** What nodes say to each other: it crosses the network as CBOR and is never stored. */
public interface CborSerializable {}
