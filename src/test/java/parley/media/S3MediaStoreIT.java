package parley.media;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import parley.services.RunningS3;

class S3MediaStoreIT extends MediaStoreContract {

  private S3MediaStore store;

  @BeforeEach
  void open() {
    var s3 = RunningS3.shared();
    store =
        new S3MediaStore(
            new S3Settings(
                Optional.of(s3.uri()),
                "us-east-1",
                RunningS3.BUCKET,
                UUID.randomUUID() + "/",
                Optional.of("key"),
                "secret",
                true));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  MediaStore store() {
    return store;
  }
}
