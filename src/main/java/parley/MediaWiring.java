package parley;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.account.SigningKey;
import parley.archive.Archive;
import parley.http.MediaRoutes;
import parley.media.Access;
import parley.media.Carriage;
import parley.media.FileMediaStore;
import parley.media.Links;
import parley.media.MediaSettings;
import parley.media.MediaStore;
import parley.media.MediumAsker;
import parley.media.Pictures;
import parley.media.S3MediaStore;
import parley.media.Spool;
import parley.media.Uploads;
import parley.media.Workshop;
import parley.media.processing.MediaProcessor;
import parley.ops.Health;
import parley.ops.Metrics;

/** Puts together what a node with the API does with media, and starts it. */
final class MediaWiring {

  /** What the node's health calls it. */
  static final String PART = "media";

  private static final Logger log = LoggerFactory.getLogger(MediaWiring.class);
  private static final String LINK_KEY = "media-links";

  private final Node node;
  private final MediaSettings settings;
  private final MediumAsker actors;
  private Runnable works;

  /** What the rest of the node has. */
  record Node(
      Settings settings,
      ActorSystem<?> system,
      InstantSource clock,
      Health health,
      Metrics metrics) {}

  MediaWiring(Node node, MediumAsker.Actors actors) {
    this.node = node;
    this.settings = node.settings().media();
    this.works = () -> node.health().up(PART);
    this.actors = new MediumAsker(actors, node.settings().http().askTimeout(), node.system());
  }

  /** Opens the store, and begins to do what there is to do. */
  MediaRoutes.Way start(Archive archive, SigningKey key) {
    var spool = new Spool(settings.spool());
    var store = store();
    var workshop = workshop(store, spool, archive);
    var pictures = new Pictures(actors);
    var access = new Access(actors, archive, pictures);
    works.run();
    sweep(workshop, store);
    return new MediaRoutes.Way(
        uploads(store, spool, workshop),
        access,
        new Carriage(actors, access, archive, workshop),
        pictures,
        workshop,
        new Links(key.derived(LINK_KEY), settings.linkLifetime(), node.clock()),
        store);
  }

  private MediaStore store() {
    return switch (settings.keeper()) {
      case FOLDER -> {
        tellUnlessShared();
        yield new FileMediaStore(settings.folder(), blocking());
      }
      case S3 -> {
        var s3 = new S3MediaStore(settings.s3());
        node.system().getWhenTerminated().thenRun(s3::close);
        yield s3;
      }
    };
  }

  private Executor blocking() {
    return node.system().dispatchers().lookup(DispatcherSelector.blocking());
  }

  /** What another node has put into a folder of its own is not found here. */
  private void tellUnlessShared() {
    var all = node.settings();
    if (all.cluster().hasPeers()
        && settings.folder().startsWith(all.data().toAbsolutePath().normalize())) {
      log.warn(
          "Media are in a folder of this node alone, others do not find them: set"
              + " parley.media.folder to one that all nodes share, or parley.media.store to s3,"
              + " folder={}",
          settings.folder());
    }
  }

  private Workshop workshop(MediaStore store, Spool spool, Archive archive) {
    var processor = processor();
    var workshop =
        new Workshop(
            new Workshop.Tools(actors, store, spool, processor),
            archive,
            new Workshop.Scene(settings, node.clock(), node.metrics(), materializer()));
    CoordinatedShutdown.get(node.system())
        .addTask(
            CoordinatedShutdown.PhaseServiceStop(),
            "close-media-workshop",
            () -> {
              workshop.close();
              return CompletableFuture.completedStage(Done.getInstance());
            });
    return workshop;
  }

  private MediaProcessor processor() {
    var processing = node.settings().processing();
    var processor = new MediaProcessor(processing.pictures(), processing.videos());
    if (!processor.hasFfmpeg()) {
      log.warn("No ffmpeg found, videos and sounds are kept as they are");
      works = () -> node.health().impaired(PART, "ffmpeg is missing: videos are kept as they are");
    }
    blocking().execute(() -> tellUnlessWebp(processor));
    return processor;
  }

  private void tellUnlessWebp(MediaProcessor processor) {
    try {
      if (!processor.writesWebp(settings.spool())) {
        log.warn(
            "No ffmpeg with libwebp found, transparent pictures become PNG: many times larger");
      }
    } catch (IOException e) {
      log.warn("Not known whether WebP can be written, will ask again", e);
    }
  }

  private Uploads uploads(MediaStore store, Spool spool, Workshop workshop) {
    return new Uploads(
        actors,
        store,
        spool,
        workshop,
        new Uploads.Scene(settings, node.clock(), node.metrics(), materializer()));
  }

  private Materializer materializer() {
    return SystemMaterializer.get(node.system()).materializer();
  }

  /** Again and again, some time after the last one. Tells the node's health how it went. */
  private void sweep(Workshop workshop, MediaStore store) {
    store
        .check()
        .thenCompose(works -> workshop.sweep())
        .whenComplete((done, failure) -> {
          if (failure == null) {
            works.run();
          } else {
            var why = "the store cannot be used: " + failure.getMessage();
            log.warn("Media not looked through, will retry: {}", why);
            node.health().impaired(PART, why);
          }
          node.system()
              .scheduler()
              .scheduleOnce(
                  settings.sweepInterval(),
                  () -> sweep(workshop, store),
                  node.system().executionContext());
        });
  }
}
