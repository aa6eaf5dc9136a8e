package parley.media;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.SystemMaterializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import parley.archive.Archive;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.Failure;
import parley.message.Refusal;
import parley.ops.Metrics;
import parley.user.Users;

/** The parts of media for tests of something else: there are no media. */
public record IdleMedia(
    Uploads uploads,
    Access access,
    Carriage carriage,
    Pictures pictures,
    Workshop workshop,
    Links links,
    MediaStore store) {

  public static IdleMedia on(ActorSystem<?> system, Users users, Archive archive) {
    var medium = system.systemActorOf(medium(), "no-medium-" + UUID.randomUUID(), Props.empty());
    var group = system.systemActorOf(group(), "no-picture-" + UUID.randomUUID(), Props.empty());
    try {
      var folder = Files.createTempDirectory("parley-media");
      folder.toFile().deleteOnExit();
      folder.resolve("spool").toFile().deleteOnExit();
      var actors =
          new MediumAsker(
              new MediumAsker.Actors(id -> medium, id -> system.deadLetters(), users, id -> group),
              Duration.ofMillis(200),
              system);
      var store = new FileMediaStore(folder.resolve("objects"), ForkJoinPool.commonPool());
      var spool = new Spool(folder.resolve("spool"));
      var materializer = SystemMaterializer.get(system).materializer();
      var clock = InstantSource.system();
      var metrics = new Metrics();
      var workshop =
          new Workshop(
              new Workshop.Tools(actors, store, spool, new PlainFiles()),
              archive,
              new Workshop.Scene(MediumFixture.SETTINGS, clock, metrics, materializer));
      var pictures = new Pictures(actors);
      var access = new Access(actors, archive, pictures);
      return new IdleMedia(
          new Uploads(
              actors,
              store,
              spool,
              workshop,
              new Uploads.Scene(MediumFixture.SETTINGS, clock, metrics, materializer)),
          access,
          new Carriage(actors, access, archive, workshop),
          pictures,
          workshop,
          new Links(new byte[32], Duration.ofHours(1), clock),
          store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Behavior<MediumCommand> medium() {
    var notFound = new MediumReply.Refused(new Refusal(Failure.NOT_FOUND, "none"));
    return Behaviors.receiveMessage(command -> {
      if (command instanceof MediumCommand.Asked asked) {
        asked.replyTo().tell(notFound);
      }
      return Behaviors.same();
    });
  }

  private static Behavior<GroupCommand> group() {
    return Behaviors.receiveMessage(command -> {
      if (command instanceof GroupCommand.GetPicture get) {
        get.replyTo().tell(new GroupReply.Picture(Optional.empty()));
      }
      return Behaviors.same();
    });
  }
}
