package parley.media;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What the bytes of media are kept in: objects under keys, never changed once they are there.
 *
 * <pre>
 * media/{media id}/{name}   a part of an upload, or a form: only those count that the medium's
 *                           actor names
 * marks/{media id}          empty: there may be something to do about the medium
 * </pre>
 *
 * <p>Keys have the characters {@code [A-Za-z0-9._/-]}. Stages, and sources, fail with the store's
 * exception when the store does; asking again is then safe.
 */
public interface MediaStore {

  /**
   * Keeps the content of a file, which is the store's from now on: it is moved, or removed. When
   * done it survives the crash of any process. Takes the place of what was under the key.
   */
  CompletionStage<Done> put(String key, Path file);

  /** So many bytes from the offset on; fewer there never are. Fails when there is no such key. */
  Source<ByteString, NotUsed> get(String key, long offset, long length);

  /** Forgets the keys, if they are there. */
  CompletionStage<Done> delete(Collection<String> keys);

  /**
   * The keys that begin with the prefix, in order.
   *
   * @param prefix ends with a slash
   * @param after only greater ones
   * @param limit how many there are at most; fewer only at the end
   */
  CompletionStage<List<Entry>> list(String prefix, String after, int limit);

  /** Done when the store works. */
  CompletionStage<Done> check();

  /** One object. */
  record Entry(String key, Instant modifiedAt) {}
}
