package parley.wire;

import java.util.List;
import parley.message.Opaque;

/** A proof about a log of keys, as RFC 9162 has it. */
public record ProofView(List<Opaque> proof) {}
