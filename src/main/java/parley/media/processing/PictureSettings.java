package parley.media.processing;

/**
 * How much a picture may cost; application.conf says what each is for.
 *
 * @param pixelsMax of one picture; more are refused before anything is decoded
 * @param wholePixelsMax of one that its decoder can only hold whole: WebP, progressive JPEG
 * @param decodedBytesMax what one decoded picture may take; larger ones are read in every nth pixel
 * @param framesMax of an animation
 * @param animationPixelsMax of all its frames together
 */
public record PictureSettings(
    int pixelsMax,
    int wholePixelsMax,
    int decodedBytesMax,
    int framesMax,
    long animationPixelsMax) {

  /** As application.conf has them. */
  public static final PictureSettings DEFAULT =
      new PictureSettings(64_000_000, 24_000_000, 96 << 20, 1_000, 500_000_000L);
}
