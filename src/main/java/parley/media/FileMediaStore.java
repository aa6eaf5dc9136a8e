package parley.media;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.FileIO;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Media in a folder of this machine.
 *
 * <pre>
 * {folder}/{key} => the object
 * </pre>
 *
 * <p>A file appears under its key whole or not at all, and survives a power failure once it is
 * there: its content is synced, then it is renamed, then its folder is synced. What is put must be
 * on the same file system.
 */
public final class FileMediaStore implements MediaStore {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path folder;
  private final Executor blocking;

  /**
   * @param blocking runs what waits for the disk
   */
  public FileMediaStore(Path folder, Executor blocking) {
    this.folder = folder.toAbsolutePath().normalize();
    this.blocking = blocking;
  }

  /** What waits for the disk. */
  private interface Work {
    void run() throws IOException;
  }

  private CompletionStage<Done> run(Work work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Done.getInstance();
        },
        blocking);
  }

  private Path path(String key) {
    var path = folder.resolve(key).normalize();
    if (!path.startsWith(folder) || path.equals(folder)) {
      throw new IllegalArgumentException("No key: " + key);
    }
    return path;
  }

  @Override
  public CompletionStage<Done> put(String key, Path file) {
    var target = path(key);
    return run(() -> {
      sync(file, StandardOpenOption.WRITE);
      move(file, target);
      sync(target.getParent(), StandardOpenOption.READ);
    });
  }

  /** The folder may be removed as empty just when it is needed: then it is made again. */
  private static void move(Path file, Path target) throws IOException {
    try {
      Files.createDirectories(target.getParent());
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      if (!Files.exists(file)) {
        throw e;
      }
      Files.createDirectories(target.getParent());
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (var channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  @Override
  public Source<ByteString, NotUsed> get(String key, long offset, long length) {
    return FileIO.fromPath(path(key), CHUNK_BYTES, offset)
        .via(new Exactly(length))
        .mapMaterializedValue(read -> NotUsed.getInstance());
  }

  @Override
  public CompletionStage<Done> delete(Collection<String> keys) {
    var paths = keys.stream().map(this::path).toList();
    return run(() -> {
      for (var path : paths) {
        Files.deleteIfExists(path);
        removeIfEmpty(path.getParent());
      }
    });
  }

  private void removeIfEmpty(Path parent) throws IOException {
    if (parent.equals(folder)) {
      return;
    }
    try {
      Files.deleteIfExists(parent);
    } catch (DirectoryNotEmptyException e) {
      // Others are in it still.
    }
  }

  @Override
  public CompletionStage<List<Entry>> list(String prefix, String after, int limit) {
    var root = path(prefix);
    return CompletableFuture.supplyAsync(
        () -> {
          var found = new Found();
          try {
            Files.walkFileTree(root, found);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return found.entries.stream()
              .filter(entry -> entry.key().compareTo(after) > 0)
              .sorted(Comparator.comparing(Entry::key))
              .limit(limit)
              .toList();
        },
        blocking);
  }

  /** Collects what is in a folder; some of it may be removed just then. */
  private final class Found extends SimpleFileVisitor<Path> {

    private final List<Entry> entries = new ArrayList<>();

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      entries.add(
          new Entry(folder.relativize(file).toString(), attributes.lastModifiedTime().toInstant()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  @Override
  public CompletionStage<Done> check() {
    return run(() -> {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new IOException(folder + " cannot be written to");
      }
    });
  }
}
