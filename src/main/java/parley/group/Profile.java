package parley.group;

import java.time.Instant;
import java.util.Optional;
import parley.message.GroupNotice;
import parley.message.GroupRules;
import parley.message.UserId;

/** What a group is, beside its members. Its components are stored by name. */
record Profile(
    String title,
    String description,
    Optional<String> picture,
    GroupRules rules,
    UserId createdBy,
    Instant createdAt) {

  /** After what the notice tells. */
  Profile after(GroupNotice notice) {
    return switch (notice) {
      case GroupNotice.TitleChanged it ->
          new Profile(it.title(), description, picture, rules, createdBy, createdAt);
      case GroupNotice.DescriptionChanged it ->
          new Profile(title, it.description(), picture, rules, createdBy, createdAt);
      case GroupNotice.PictureChanged it ->
          new Profile(title, description, it.picture(), rules, createdBy, createdAt);
      case GroupNotice.RulesChanged it ->
          new Profile(title, description, picture, it.rules(), createdBy, createdAt);
      case GroupNotice.Created it -> this;
      case GroupNotice.Added it -> this;
      case GroupNotice.Joined it -> this;
      case GroupNotice.Left it -> this;
      case GroupNotice.Removed it -> this;
      case GroupNotice.RoleChanged it -> this;
      case GroupNotice.Deleted it -> this;
    };
  }
}
