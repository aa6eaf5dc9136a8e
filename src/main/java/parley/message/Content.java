package parley.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a message says. Its stored form is its outer form: {@code {"type":"text","text":"hi"}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Content.Text.class, name = "text"),
  @JsonSubTypes.Type(value = Media.class, name = "media"),
  @JsonSubTypes.Type(value = Sealed.class, name = "sealed"),
  @JsonSubTypes.Type(value = GroupNotice.Created.class, name = "group-created"),
  @JsonSubTypes.Type(value = GroupNotice.Added.class, name = "members-added"),
  @JsonSubTypes.Type(value = GroupNotice.Joined.class, name = "member-joined"),
  @JsonSubTypes.Type(value = GroupNotice.Left.class, name = "member-left"),
  @JsonSubTypes.Type(value = GroupNotice.Removed.class, name = "member-removed"),
  @JsonSubTypes.Type(value = GroupNotice.RoleChanged.class, name = "role-changed"),
  @JsonSubTypes.Type(value = GroupNotice.TitleChanged.class, name = "title-changed"),
  @JsonSubTypes.Type(value = GroupNotice.DescriptionChanged.class, name = "description-changed"),
  @JsonSubTypes.Type(value = GroupNotice.PictureChanged.class, name = "picture-changed"),
  @JsonSubTypes.Type(value = GroupNotice.RulesChanged.class, name = "rules-changed"),
  @JsonSubTypes.Type(value = GroupNotice.Deleted.class, name = "group-deleted")
})
public sealed interface Content permits Content.Text, Media, Sealed, GroupNotice {

  /** The most that one message may say, in bytes of UTF-8. */
  int SIZE_BYTES_MAX = 64 * 1024;

  /** How much it says, in bytes of UTF-8. */
  int sizeBytes();

  /** The media that it carries, which whoever may read it may see. */
  default List<MediaId> carries() {
    return List.of();
  }

  /** Whether a client that says this and the other one says the same. */
  default boolean says(Content other) {
    return equals(other);
  }

  /** Plain text, at least one character. */
  record Text(String text) implements Content {

    /** Throws {@link IllegalArgumentException} when there is no text. */
    public Text {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("A text has at least one character");
      }
    }

    @Override
    public int sizeBytes() {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Never what was said: a log line may hold this. */
    @Override
    public String toString() {
      return "Text[" + text.length() + " characters]";
    }
  }
}
