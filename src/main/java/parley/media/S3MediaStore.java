package parley.media;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * Media in a bucket of S3, or of what speaks its protocol. Objects over {@value #PART_BYTES} bytes
 * go up in parts, which are tried again one by one.
 *
 * <pre>
 * {prefix}{key} => the object
 * </pre>
 */
public final class S3MediaStore implements MediaStore, AutoCloseable {

  private static final long PART_BYTES = 16 * 1024 * 1024;

  /** What is sent and received at a time, each on a connection of its own. */
  private static final int CONNECTIONS_MAX = 100;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final S3AsyncClient client;
  private final S3Settings settings;

  /** Connects when it is first needed. */
  public S3MediaStore(S3Settings settings) {
    this.settings = settings;
    var builder =
        S3AsyncClient.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            // Not all that speak the protocol know the newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .multipartEnabled(true)
            .multipartConfiguration(parts ->
                parts.thresholdInBytes(PART_BYTES).minimumPartSizeInBytes(PART_BYTES / 2))
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(CONNECTIONS_MAX)
                    .connectionTimeout(CONNECT_TIMEOUT));
    settings.endpoint().ifPresent(builder::endpointOverride);
    this.client = builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings
        .accessKey()
        .<AwsCredentialsProvider>map(key ->
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, settings.secretKey())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private String named(String key) {
    return settings.prefix() + key;
  }

  private static Done done(Object answer) {
    return Done.getInstance();
  }

  @Override
  public CompletionStage<Done> put(String key, Path file) {
    return client
        .putObject(
            request -> request.bucket(settings.bucket()).key(named(key)),
            AsyncRequestBody.fromFile(file))
        .thenApply(answer -> {
          remove(file);
          return Done.getInstance();
        });
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Source<ByteString, NotUsed> get(String key, long offset, long length) {
    if (length == 0) {
      return Source.empty();
    }
    var answer =
        client.getObject(
            request ->
                request
                    .bucket(settings.bucket())
                    .key(named(key))
                    .range("bytes=%d-%d".formatted(offset, offset + length - 1)),
            AsyncResponseTransformer.toPublisher());
    return Source.completionStage(answer)
        .flatMapConcat(Source::fromPublisher)
        .map(ByteString::fromByteBuffer)
        .via(new Exactly(length));
  }

  @Override
  public CompletionStage<Done> delete(Collection<String> keys) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    var objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(named(key)).build()).toList();
    return client
        .deleteObjects(
            request -> request.bucket(settings.bucket()).delete(all -> all.objects(objects)))
        .thenApply(answer -> {
          if (answer.hasErrors()) {
            throw new IllegalStateException("Not deleted: " + answer.errors());
          }
          return Done.getInstance();
        });
  }

  @Override
  public CompletionStage<List<Entry>> list(String prefix, String after, int limit) {
    return client
        .listObjectsV2(request -> {
          request.bucket(settings.bucket()).prefix(named(prefix)).maxKeys(limit);
          if (!after.isEmpty()) {
            request.startAfter(named(after));
          }
        })
        .thenApply(answer ->
            answer.contents().stream()
                .map(object ->
                    new Entry(
                        object.key().substring(settings.prefix().length()), object.lastModified()))
                .toList());
  }

  @Override
  public CompletionStage<Done> check() {
    return client
        .headBucket(request -> request.bucket(settings.bucket()))
        .thenApply(S3MediaStore::done);
  }

  @Override
  public void close() {
    client.close();
  }
}
