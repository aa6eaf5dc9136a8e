package parley.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import parley.message.GroupId;
import parley.message.UserId;

/** Whose picture a medium is. Stored under the names below. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Place.OfUser.class, name = "user"),
  @JsonSubTypes.Type(value = Place.OfGroup.class, name = "group")
})
public sealed interface Place {

  record OfUser(UserId user) implements Place {}

  record OfGroup(GroupId group) implements Place {}
}
