package parley.cluster;

import akka.actor.typed.ActorRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.GroupId;
import parley.message.MediaId;
import parley.message.MessageId;
import parley.message.Opaque;
import parley.message.SessionId;
import parley.message.UserId;

/** Examples of any type that messages are made of: of a choice, one of each kind. */
final class Specimens {

  private static final ConversationId TALK =
      ConversationId.between(new UserId("ann"), new UserId("ben"));

  /** Texts of a form, and the most general of each simple type. */
  private final Map<Type, List<?>> known;

  Specimens(ActorRef<?> actor) {
    known =
        Map.ofEntries(
            Map.entry(String.class, List.of("Grüße 👋")),
            Map.entry(int.class, List.of(7)),
            Map.entry(long.class, List.of(Long.MAX_VALUE - 1)),
            Map.entry(Long.class, List.of(12L)),
            Map.entry(Integer.class, List.of(3)),
            Map.entry(Opaque.class, List.of(new Opaque("AQID"))),
            Map.entry(boolean.class, List.of(true, false)),
            Map.entry(Boolean.class, List.of(true)),
            Map.entry(Instant.class, List.of(Instant.parse("2026-11-23T10:00:00.123Z"))),
            Map.entry(Duration.class, List.of(Duration.ofMillis(1_500))),
            Map.entry(UserId.class, List.of(new UserId("ann"))),
            Map.entry(GroupId.class, List.of(new GroupId("01M83XJ8BV000YS02XEYJJR9QT"))),
            Map.entry(DeviceId.class, List.of(new DeviceId("phone-1"))),
            Map.entry(SessionId.class, List.of(new SessionId("s1"))),
            Map.entry(ClientId.class, List.of(new ClientId("c 1"))),
            Map.entry(MediaId.class, List.of(new MediaId("01M83XJ8BV000YS02XEYJJR9QT"))),
            Map.entry(MessageId.class, List.of(MessageId.first(TALK))),
            Map.entry(ActorRef.class, List.of(actor)));
  }

  /** Examples of the type, at least one. */
  List<?> of(Type type) {
    return switch (type) {
      case ParameterizedType generic -> ofGeneric(generic);
      case WildcardType wildcard -> of(wildcard.getUpperBounds()[0]);
      case Class<?> simple -> ofClass(simple);
      default -> throw new IllegalArgumentException("No example of " + type);
    };
  }

  private List<?> ofGeneric(ParameterizedType type) {
    var raw = (Class<?>) type.getRawType();
    if (raw == ActorRef.class) {
      return of(raw);
    }
    var arguments = Arrays.stream(type.getActualTypeArguments()).map(this::of).toList();
    var first = arguments.getFirst();
    if (raw == Optional.class) {
      return List.of(Optional.of(first.getFirst()), Optional.empty());
    }
    if (raw == List.class) {
      return List.of(List.copyOf(first), List.of());
    }
    if (raw == Set.class) {
      return List.of(Set.copyOf(first));
    }
    if (raw == Map.class) {
      return List.of(Map.of(first.getFirst(), arguments.get(1).getFirst()));
    }
    throw new IllegalArgumentException("No example of " + type);
  }

  private List<?> ofClass(Class<?> type) {
    if (known.containsKey(type)) {
      return known.get(type);
    }
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    if (type.isSealed()) {
      return Stream.of(type.getPermittedSubclasses()).flatMap(kind -> of(kind).stream()).toList();
    }
    if (type.isRecord()) {
      return ofRecord(type);
    }
    throw new IllegalArgumentException("No example of " + type);
  }

  /** As many as the component has examples that has the most of them. */
  private List<?> ofRecord(Class<?> type) {
    var components = type.getRecordComponents();
    var examples = Stream.of(components).map(this::ofComponent).toList();
    int most = examples.stream().mapToInt(List::size).max().orElse(1);
    return IntStream.range(0, most)
        .mapToObj(
            i -> make(type, examples.stream().map(each -> each.get(i % each.size())).toArray()))
        .toList();
  }

  private List<?> ofComponent(RecordComponent component) {
    // The one text with a form of its own.
    return component.getName().equals("emoji") ? List.of("👍") : of(component.getGenericType());
  }

  private static Object make(Class<?> type, Object[] values) {
    var types = new ArrayList<Class<?>>();
    Stream.of(type.getRecordComponents()).forEach(component -> types.add(component.getType()));
    try {
      var constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalArgumentException("No example of " + type, e);
    }
  }
}
