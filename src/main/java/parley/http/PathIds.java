package parley.http;

import static akka.http.javadsl.server.Directives.complete;

import akka.http.javadsl.server.Route;
import java.util.function.Function;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.MediaId;
import parley.message.MessageId;
import parley.message.UserId;

/** Ids in paths: what is not of an id's form names nothing, and so is not found. */
final class PathIds {

  private static final String GROUP_PREFIX = "group:";

  private PathIds() {}

  static Route message(String text, Function<MessageId, Route> route) {
    return id(text, MessageId::parse, "message, or it is not yours", route);
  }

  static Route conversation(String text, Function<ConversationId, Route> route) {
    return id(text, ConversationId::parse, "conversation, or it is not yours", route);
  }

  static Route user(String text, Function<UserId, Route> route) {
    return id(text, UserId::new, "user", route);
  }

  /** By its own id, or by that of its conversation. */
  static Route group(String text, Function<GroupId, Route> route) {
    var id = text.startsWith(GROUP_PREFIX) ? text.substring(GROUP_PREFIX.length()) : text;
    return id(id, GroupId::new, "group, or you are not in it", route);
  }

  static Route device(String text, Function<DeviceId, Route> route) {
    return id(text, DeviceId::new, "device", route);
  }

  static Route medium(String text, Function<MediaId, Route> route) {
    return id(text, MediaId::new, "medium, or it is not yours to see", route);
  }

  private static <T> Route id(
      String text, Function<String, T> form, String noun, Function<T, Route> route) {
    T id;
    try {
      id = form.apply(text);
    } catch (IllegalArgumentException e) {
      return complete(Problems.answer(Failure.NOT_FOUND, "There is no such " + noun));
    }
    return route.apply(id);
  }
}
