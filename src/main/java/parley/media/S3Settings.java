package parley.media;

import java.net.URI;
import java.util.Optional;

/**
 * Where the store is that speaks S3's protocol.
 *
 * @param endpoint empty: Amazon's of the region
 * @param accessKey empty: found as Amazon's SDK does, in environment, profile or instance
 * @param pathStyle whether the bucket is named in the path, not in the host
 */
public record S3Settings(
    Optional<URI> endpoint,
    String region,
    String bucket,
    String prefix,
    Optional<String> accessKey,
    String secretKey,
    boolean pathStyle) {

  /** Never the keys: a log line may hold this. */
  @Override
  public String toString() {
    return "S3Settings[endpoint=%s, region=%s, bucket=%s, prefix=%s]"
        .formatted(endpoint, region, bucket, prefix);
  }
}
