package parley.media.processing;

import java.util.Optional;
import parley.media.Kind;

/** The types of media that are known by their bytes. */
enum Format {
  JPEG(Kind.IMAGE, "image/jpeg", "jpg", null),
  PNG(Kind.IMAGE, "image/png", "png", null),
  GIF(Kind.IMAGE, "image/gif", "gif", null),
  WEBP(Kind.IMAGE, "image/webp", "webp", null),
  BMP(Kind.IMAGE, "image/bmp", "bmp", null),
  HEIC(Kind.IMAGE, "image/heic", "heic", null),
  AVIF(Kind.IMAGE, "image/avif", "avif", null),
  MP4(Kind.VIDEO, "video/mp4", "mp4", "mov"),
  QUICKTIME(Kind.VIDEO, "video/quicktime", "mov", "mov"),
  WEBM(Kind.VIDEO, "video/webm", "webm", "matroska"),
  MATROSKA(Kind.VIDEO, "video/x-matroska", "mkv", "matroska"),
  AVI(Kind.VIDEO, "video/x-msvideo", "avi", "avi"),
  OGG(Kind.AUDIO, "audio/ogg", "ogg", "ogg"),
  M4A(Kind.AUDIO, "audio/mp4", "m4a", "mov"),
  MP3(Kind.AUDIO, "audio/mpeg", "mp3", "mp3"),
  AAC(Kind.AUDIO, "audio/aac", "aac", "aac"),
  WAV(Kind.AUDIO, "audio/wav", "wav", "wav"),
  FLAC(Kind.AUDIO, "audio/flac", "flac", "flac"),
  PDF(Kind.FILE, "application/pdf", "pdf", null),
  ZIP(Kind.FILE, "application/zip", "zip", null),
  OTHER(Kind.FILE, "application/octet-stream", "bin", null);

  private final Kind kind;
  private final String mime;
  private final String extension;
  private final String demuxer;

  Format(Kind kind, String mime, String extension, String demuxer) {
    this.kind = kind;
    this.mime = mime;
    this.extension = extension;
    this.demuxer = demuxer;
  }

  Kind kind() {
    return kind;
  }

  String mime() {
    return mime;
  }

  /** Without a dot. */
  String extension() {
    return extension;
  }

  /**
   * How ffmpeg calls what reads it, for videos and sounds. It is told, and never left to guess:
   * playlists, which name other files and hosts, are then out of reach.
   */
  Optional<String> demuxer() {
    return Optional.ofNullable(demuxer);
  }
}
