package parley.load;

import com.sun.management.OperatingSystemMXBean;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import parley.media.Processed;
import parley.media.processing.MediaProcessor;
import parley.media.processing.PictureSettings;
import parley.media.processing.VideoSettings;

/**
 * What it costs to look at pictures and videos, and to make of them what is shown: {@value
 * #WORKERS} workers, as a node has them. Pictures have the detail and the noise of photographs;
 * each is processed for {@value #SECONDS} seconds after a warm-up. Videos are made by ffmpeg, when
 * it is there. The folder {@code target/media-benchmark} has to be empty.
 */
public final class MediaBenchmark {

  private static final int WORKERS = 2;
  private static final int SECONDS = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int VIDEO_SECONDS = 10;
  private static final int SHAPES = 400;

  private final Path folder = Path.of("target/media-benchmark").toAbsolutePath();
  private final MediaProcessor processor =
      new MediaProcessor(PictureSettings.DEFAULT, VideoSettings.DEFAULT);

  private MediaBenchmark() {}

  /** Prints two Markdown tables. */
  public static void main(String[] arguments) throws Exception {
    var benchmark = new MediaBenchmark();
    Files.createDirectories(benchmark.folder);
    System.out.println("| picture | bytes | pictures/s | CPU-ms/picture | peak heap, MB |");
    System.out.println("|---|---|---|---|---|");
    benchmark.measure("JPEG, 2 megapixels", photograph(1632, 1224), "jpg");
    benchmark.measure("JPEG, 12 megapixels", photograph(4032, 3024), "jpg");
    benchmark.measure("JPEG, 48 megapixels", photograph(8064, 6048), "jpg");
    benchmark.measure("PNG, 2 megapixels", photograph(1632, 1224), "png");
    if (benchmark.processor.hasFfmpeg()) {
      System.out.println();
      System.out.println("| video | bytes | ready after, s | 720p after, s | bytes then |");
      System.out.println("|---|---|---|---|---|");
      benchmark.measureVideo("1920x1080");
      benchmark.measureVideo("1280x720");
    }
  }

  /** Gradients, shapes and noise. */
  private static BufferedImage photograph(int width, int height) {
    var random = new Random(1);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    var graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.CYAN, width, height, Color.ORANGE));
    graphics.fillRect(0, 0, width, height);
    for (int i = 0; i < SHAPES; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      int side = 1 + random.nextInt(width / 8);
      graphics.fillOval(random.nextInt(width), random.nextInt(height), side, side);
    }
    graphics.dispose();
    var samples = new int[width * 3];
    for (int y = 0; y < height; y++) {
      image.getRaster().getPixels(0, y, width, 1, samples);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = Math.clamp(samples[i] + random.nextInt(13) - 6, 0, 255);
      }
      image.getRaster().setPixels(0, y, width, 1, samples);
    }
    return image;
  }

  private void measure(String name, BufferedImage image, String format)
      throws IOException, InterruptedException, ExecutionException {
    var source = folder.resolve("picture." + format);
    ImageIO.write(image, format, source.toFile());
    image.flush();
    run(source, WARM_UP);
    System.gc();
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = machine.getProcessCpuTime();
    long start = System.nanoTime();
    int count = run(source, Duration.ofSeconds(SECONDS));
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuMillis = (machine.getProcessCpuTime() - cpu) / 1e6;
    long peak = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.println(
        "| %s | %,d | %.2f | %.0f | %d |"
            .formatted(
                name, Files.size(source), count / seconds, cpuMillis / count, peak / 1_000_000));
  }

  private static Stream<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  /** How many were done in that time, by all workers. */
  private int run(Path source, Duration time) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      Callable<Integer> work =
          () -> {
            int done = 0;
            for (; System.nanoTime() < end; done++) {
              process(source);
            }
            return done;
          };
      var counts = workers.invokeAll(IntStream.range(0, WORKERS).mapToObj(i -> work).toList());
      int sum = 0;
      for (Future<Integer> count : counts) {
        sum += count.get();
      }
      return sum;
    }
  }

  private void process(Path source) throws IOException {
    var work = Files.createTempDirectory(folder, "work");
    if (!(processor.process(source, "", work) instanceof Processed.Ready)) {
      throw new IllegalStateException("Refused: " + source);
    }
    remove(work);
  }

  private static void remove(Path work) throws IOException {
    try (var files = Files.list(work)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(work);
  }

  private void measureVideo(String size) throws IOException, InterruptedException {
    var source = folder.resolve("video-" + size + ".mp4");
    make(size, source);
    long start = System.nanoTime();
    process(source);
    double ready = (System.nanoTime() - start) / 1e9;
    var work = Files.createTempDirectory(folder, "work");
    start = System.nanoTime();
    var transcoded = processor.transcode(source, work);
    double done = (System.nanoTime() - start) / 1e9;
    long size720 = transcoded.map(variant -> size(variant.file())).orElse(Files.size(source));
    System.out.println(
        "| %s, %d s | %,d | %.1f | %.1f | %,d |"
            .formatted(size, VIDEO_SECONDS, Files.size(source), ready, done, size720));
    remove(work);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(String size, Path file) throws IOException, InterruptedException {
    var picture = "testsrc2=size=%s:rate=30:duration=%d,noise=alls=8:allf=t";
    var command =
        List.of(
            "ffmpeg",
            "-v",
            "error",
            "-nostdin",
            "-y",
            "-f",
            "lavfi",
            "-i",
            picture.formatted(size, VIDEO_SECONDS),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-b:v",
            "12M",
            "-pix_fmt",
            "yuv420p",
            file.toString());
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("Not made: " + command);
    }
  }
}
