package parley.archive;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import parley.message.Entry;

/** Messages and amendments as archives store them: CBOR, whose names are stored for good. */
final class ArchiveCodec {

  private static final ObjectMapper CBOR =
      CBORMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private ArchiveCodec() {}

  static byte[] encode(Entry row) {
    try {
      return CBOR.writeValueAsBytes(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Entry decode(byte[] stored) {
    try {
      return CBOR.readValue(stored, Entry.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
