package parley.wire;

import java.util.List;
import parley.group.GroupLimits;
import parley.message.Failure;
import parley.message.GroupRules;
import parley.message.UserId;

/**
 * Asks to make a group.
 *
 * @param title 1 to {@link GroupLimits#TITLE_LENGTH_MAX} characters
 * @param members others than its maker; none twice
 */
public record CreateGroupRequest(
    String title, String description, List<UserId> members, GroupRules rules) {

  /** More than a body can name. */
  private static final int MEMBERS_MOST = 100_000;

  /**
   * Reads {@code {"title","members"?,"description"?,"policy"?}}; throws {@link RefusedInput}, with
   * GROUP_FULL when those are more than {@code membersMax} together with the maker.
   */
  public static CreateGroupRequest read(Fields fields, UserId maker, int membersMax) {
    var request = read(fields, maker);
    if (request.members.size() >= membersMax) {
      throw new RefusedInput(
          Failure.GROUP_FULL, "A group has %d members at most".formatted(membersMax));
    }
    return request;
  }

  private static CreateGroupRequest read(Fields fields, UserId maker) {
    return new CreateGroupRequest(
        fields.value("title", BoundedText.name(GroupLimits.TITLE_LENGTH_MAX)),
        fields
            .optionalValue("description", BoundedText.prose(GroupLimits.DESCRIPTION_LENGTH_MAX))
            .orElse(""),
        fields.values("members", MEMBERS_MOST, UserId::new).stream()
            .distinct()
            .filter(member -> !member.equals(maker))
            .toList(),
        GroupForms.policy(fields, GroupRules.DEFAULT).orElse(GroupRules.DEFAULT));
  }
}
