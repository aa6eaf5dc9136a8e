package parley.http;

import akka.NotUsed;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parley.media.Facts;
import parley.media.Form;
import parley.media.Kind;
import parley.media.MediaStore;
import parley.media.Part;
import parley.media.Variant;
import parley.message.Failure;
import parley.message.Refusal;
import parley.wire.Problem;

/** The bytes of media, whole or in part. Nothing of them is run, whatever they say they are. */
final class Download {

  /** A part of what was asked for; several at once are answered with all of it. */
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private static final String FOR_EVER = "private, max-age=31536000, immutable";
  private static final String FOR_NOW = "private, no-cache";

  private final MediaStore store;

  Download(MediaStore store) {
    this.store = store;
  }

  /** Which bytes; both ends are in it. */
  private record Range(long first, long last) {

    long length() {
      return last - first + 1;
    }
  }

  /** The form of that size: 200, 206, 304, 404 or 416. */
  HttpResponse answer(HttpRequest request, Facts facts, String size) {
    var form = facts.form(size);
    if (form.isEmpty()) {
      return MediaRoutes.NO_SUCH_MEDIUM;
    }
    var tag = tag(form.get());
    var headers = headers(facts, form.get(), tag);
    if (header(request, "if-none-match").filter(it -> names(it, tag)).isPresent()) {
      return HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED).addHeaders(headers);
    }
    long total = form.get().sizeBytes();
    var asked =
        header(request, "range")
            .filter(it -> header(request, "if-range").map(tag::equals).orElse(true))
            .map(RANGE::matcher)
            .filter(it -> it.matches() && !(it.group(1).isEmpty() && it.group(2).isEmpty()));
    if (asked.isEmpty()) {
      return whole(form.get()).addHeaders(headers);
    }
    return range(asked.get().group(1), asked.get().group(2), total)
        .map(range -> part(form.get(), range, total).addHeaders(headers))
        .orElseGet(() ->
            Problems.answer(
                    Problem.of(
                        new Refusal(
                            Failure.MALFORMED_REQUEST, "It has %d bytes only".formatted(total)),
                        StatusCodes.RANGE_NOT_SATISFIABLE.intValue()))
                .addHeader(RawHeader.create("Content-Range", "bytes */" + total)));
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private static boolean names(String tags, String tag) {
    return Stream.of(tags.split(","))
        .map(String::strip)
        .map(it -> it.startsWith("W/") ? it.substring(2) : it)
        .anyMatch(it -> it.equals("*") || it.equals(tag));
  }

  /** Keys are never used again, and so name what is under them. */
  private static String tag(Form form) {
    var key = form.parts().getFirst().key();
    return '"' + key.substring(key.lastIndexOf('/') + 1) + '"';
  }

  private static Optional<Range> range(String first, String last, long total) {
    if (first.isEmpty()) {
      long length = Math.min(Long.parseLong(last), total);
      return Optional.of(new Range(total - length, total - 1)).filter(it -> length > 0);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? total - 1 : Math.min(Long.parseLong(last), total - 1);
    return Optional.of(new Range(from, to)).filter(it -> from <= to);
  }

  private HttpResponse whole(Form form) {
    long total = form.sizeBytes();
    return HttpResponse.create()
        .withEntity(HttpEntities.create(type(form), total, bytes(form, new Range(0, total - 1))));
  }

  private HttpResponse part(Form form, Range range, long total) {
    return HttpResponse.create()
        .withStatus(StatusCodes.PARTIAL_CONTENT)
        .addHeader(
            RawHeader.create(
                "Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), total)))
        .withEntity(HttpEntities.create(type(form), range.length(), bytes(form, range)));
  }

  private static ContentType type(Form form) {
    try {
      return ContentTypes.parse(form.mime());
    } catch (IllegalArgumentException e) {
      return ContentTypes.APPLICATION_OCTET_STREAM;
    }
  }

  /** What of each part, read when it is its turn. */
  private Source<ByteString, NotUsed> bytes(Form form, Range range) {
    var pieces = new ArrayList<Source<ByteString, NotUsed>>();
    long begin = 0;
    for (Part part : form.parts()) {
      long from = Math.max(0, range.first() - begin);
      long to = Math.min(part.sizeBytes(), range.last() + 1 - begin);
      if (from < to) {
        pieces.add(
            Source.lazySource(() -> store.get(part.key(), from, to - from))
                .mapMaterializedValue(it -> NotUsed.getInstance()));
      }
      begin += part.sizeBytes();
    }
    return Source.from(pieces).flatMapConcat(piece -> piece);
  }

  private static List<HttpHeader> headers(Facts facts, Form form, String tag) {
    boolean stays = !(form.size().equals(Variant.ORIGINAL) && facts.mayChange());
    return List.of(
        RawHeader.create("ETag", tag),
        RawHeader.create("Accept-Ranges", "bytes"),
        RawHeader.create("Cache-Control", stays ? FOR_EVER : FOR_NOW),
        RawHeader.create("Content-Disposition", disposition(facts)),
        RawHeader.create("X-Content-Type-Options", "nosniff"),
        RawHeader.create("Content-Security-Policy", "default-src 'none'; sandbox"),
        RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));
  }

  /** What is not looked at in place is saved. */
  private static String disposition(Facts facts) {
    boolean isShown = facts.description().filter(it -> it.kind() != Kind.FILE).isPresent();
    var kind = isShown ? "inline" : "attachment";
    return facts.name().map(name -> kind + "; filename*=UTF-8''" + encoded(name)).orElse(kind);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
