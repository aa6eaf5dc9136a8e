package parley.group;

import java.time.Duration;

/** The limits of every group that no setting changes. */
public final class GroupLimits {

  /** Characters of a title: one line of a list. */
  public static final int TITLE_LENGTH_MAX = 100;

  /** Characters of a description. */
  public static final int DESCRIPTION_LENGTH_MAX = 2_000;

  /** How long an invite may hold: one that is forgotten ends. */
  public static final Duration INVITE_LIFETIME_MAX = Duration.ofDays(365);

  /** How many may join by one invite. */
  public static final int INVITE_USES_MAX = 100_000;

  /** The most members or receipts that are told at once: 1,000 take some 60 KiB. */
  public static final int PAGE_MAX = 1_000;

  private GroupLimits() {}
}
