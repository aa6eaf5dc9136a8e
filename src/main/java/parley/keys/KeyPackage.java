package parley.keys;

import parley.message.Opaque;

/**
 * What a device may be added to a group with, in its absence.
 *
 * @param suite the MLS cipher suite, by its number at IANA
 * @param data an MLSMessage with a KeyPackage
 */
public record KeyPackage(int suite, Opaque data) {

  /** The largest number of a suite, which has 16 bits. */
  public static final int SUITE_MAX = 65_535;
}
