package parley.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Instant;
import parley.message.Failure;

/**
 * JSON as Parley writes and reads it: UTF-8, camelCase, times in RFC 3339 with milliseconds, what
 * is absent left out.
 */
public final class Json {

  /** More than any form needs: deeper nesting only costs stack. */
  private static final int NESTING_DEPTH_MAX = 32;

  /** A body is at most this long, so no string in it is longer. */
  private static final int STRING_LENGTH_MAX = 256 * 1024;

  /** Keys are words; the reader keeps those that it has seen. */
  private static final int NAME_LENGTH_MAX = 256;

  private static final int NUMBER_LENGTH_MAX = 32;

  private static final JsonInclude.Value ABSENT_LEFT_OUT =
      JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.USE_DEFAULTS);

  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(NESTING_DEPTH_MAX)
            .maxStringLength(STRING_LENGTH_MAX)
            .maxNameLength(NAME_LENGTH_MAX)
            .maxNumberLength(NUMBER_LENGTH_MAX)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
        .addModule(new Jdk8Module())
        .addModule(new SimpleModule().addSerializer(new MillisecondsSerializer()))
        .defaultPropertyInclusion(ABSENT_LEFT_OUT)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .build();
  }

  /** The JSON of one of this package's records, or of a list of them. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a form of the wire: " + value.getClass(), e);
    }
  }

  /**
   * Reads one JSON object; its unknown keys are ignored. Throws {@link RefusedInput} with
   * MALFORMED_JSON, naming line and column, when the bytes are not exactly that: {@link NotJson}
   * when they are no JSON either.
   */
  public static Fields object(byte[] json) {
    try {
      var tree = MAPPER.readTree(json);
      if (tree.isMissingNode()) {
        throw new NotJson("There is no JSON; an object is expected");
      }
      if (!tree.isObject()) {
        throw malformed("The JSON is no object; one is expected, as in {\"key\": \"value\"}");
      }
      return new Fields(tree);
    } catch (JsonParseException e) {
      throw new NotJson(located(e));
    } catch (JsonProcessingException e) {
      throw malformed(located(e));
    } catch (IOException e) {
      // The reader meets bytes that are not UTF-8, or it could not read from memory.
      throw new NotJson("The JSON is not UTF-8");
    }
  }

  private static String located(JsonProcessingException e) {
    return place(e.getLocation()) + e.getOriginalMessage();
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : "Line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }

  private static RefusedInput malformed(String detail) {
    return new RefusedInput(Failure.MALFORMED_JSON, detail);
  }

  /** As {@link Milliseconds} writes it. */
  private static final class MillisecondsSerializer extends StdSerializer<Instant> {

    private static final long serialVersionUID = 1L;

    MillisecondsSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Milliseconds.text(time));
    }
  }
}
