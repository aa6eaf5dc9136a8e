package parley.media;

import java.util.Locale;

/** What a medium is to people. Found from its bytes, not from its name. */
public enum Kind {
  IMAGE,
  VIDEO,
  AUDIO,
  FILE;

  /** How clients and stored forms call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
