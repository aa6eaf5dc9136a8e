package parley.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The numbers of one node, for Prometheus. All methods may be called from any thread.
 *
 * <pre>
 * parley_sends_total             messages that senders were told are safe
 * parley_deliveries_total        entries journaled into recipients' mailboxes
 * parley_pushes_total            notifications, by what became of them
 * parley_key_packages_total      key packages handed out; last-resort ones say that devices lack others
 * parley_journal_write_seconds   histogram: from a write's call to its being durable
 * parley_users_active            user actors in memory
 * parley_worker_deliveries_total deliveries that this node's worker brought to recipients
 * parley_worker_retries_total    its attempts that failed, and are repeated
 * parley_worker_delay_seconds    histogram: from a delivery's being written to its arrival
 * parley_worker_lag              records of a topic that the workers are not done with
 * parley_dead_letters_total      records that could not be delivered; someone must look at them
 * parley_deliveries_lost_total   deliveries that never came; what was said is taken from the archive
 * parley_media_uploads_total     uploads that became whole
 * parley_media_bytes_total       bytes of media that were received
 * parley_media_step_seconds      histogram: a look at a medium, or its transcoding
 * parley_media_waiting           media that wait for a step on this node
 * jvm_*, process_*, system_*     the process
 * </pre>
 */
public final class Metrics implements AutoCloseable {

  // From a write that shares another's sync to one that waits behind a stalled disk.
  private static final Duration[] WRITE_BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  // From a small picture to a long video.
  private static final Duration[] STEP_BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final AtomicInteger usersActive = new AtomicInteger();
  private final Map<String, AtomicLong> lags = new ConcurrentHashMap<>();
  private final Counter sends;
  private final Counter deliveries;
  private final Timer journalWrites;
  private final Counter workerDeliveries;
  private final Counter workerRetries;
  private final Counter deadLetters;
  private final Counter lostDeliveries;
  private final Timer workerDelays;
  private final Counter mediaUploads;
  private final Counter mediaBytes;
  private final Timer mediaSteps;

  public Metrics() {
    sends =
        Counter.builder("parley.sends")
            .description("Messages that senders were told are safe")
            .register(registry);
    deliveries =
        Counter.builder("parley.deliveries")
            .description("Entries journaled into recipients' mailboxes")
            .register(registry);
    journalWrites =
        Timer.builder("parley.journal.write")
            .description("From a write's call to its being durable")
            .serviceLevelObjectives(WRITE_BUCKETS)
            .register(registry);
    Gauge.builder("parley.users.active", usersActive, AtomicInteger::get)
        .description("User actors in memory")
        .register(registry);
    workerDeliveries =
        Counter.builder("parley.worker.deliveries")
            .description("Deliveries that this node's worker brought to recipients")
            .register(registry);
    workerRetries =
        Counter.builder("parley.worker.retries")
            .description("Its attempts that failed, and are repeated")
            .register(registry);
    deadLetters =
        Counter.builder("parley.dead.letters")
            .description("Records that could not be delivered")
            .register(registry);
    lostDeliveries =
        Counter.builder("parley.deliveries.lost")
            .description("Deliveries that never came; what was said is taken from the archive")
            .register(registry);
    workerDelays =
        Timer.builder("parley.worker.delay")
            .description("From a delivery's being written to its arrival")
            .serviceLevelObjectives(WRITE_BUCKETS)
            .register(registry);
    mediaUploads =
        Counter.builder("parley.media.uploads")
            .description("Uploads that became whole")
            .register(registry);
    mediaBytes =
        Counter.builder("parley.media.bytes")
            .description("Bytes of media that were received")
            .register(registry);
    mediaSteps =
        Timer.builder("parley.media.step")
            .description("A look at a medium, or its transcoding")
            .serviceLevelObjectives(STEP_BUCKETS)
            .register(registry);
    bindProcess();
  }

  private void bindProcess() {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** So many messages were accepted and handed over. */
  public void sent(int messages) {
    sends.increment(messages);
  }

  /** So many entries were journaled into one recipient's mailbox. */
  public void delivered(int entries) {
    deliveries.increment(entries);
  }

  /** One write to the journal is durable; it took so long. */
  public void journaled(Duration took) {
    journalWrites.record(took);
  }

  /** The worker has brought so many deliveries to one recipient. */
  public void brought(int deliveries) {
    workerDeliveries.increment(deliveries);
  }

  /** A delivery took so long from the topic into the mailbox. */
  public void waited(Duration delay) {
    workerDelays.record(delay);
  }

  /** So many records of the topic are still to be brought to recipients, by whichever worker. */
  public void lagging(String topic, long records) {
    lags.computeIfAbsent(topic, this::newLag).set(records);
  }

  private AtomicLong newLag(String topic) {
    var lag = new AtomicLong();
    Gauge.builder("parley.worker.lag", lag, AtomicLong::get)
        .description("Records of a topic that the workers are not done with")
        .tag("topic", topic)
        .register(registry);
    return lag;
  }

  /** The worker's attempt to deliver has failed. */
  public void retried() {
    workerRetries.increment();
  }

  /** A record could not be delivered, and is among the dead letters now. */
  public void buried() {
    deadLetters.increment();
  }

  /** So many deliveries never came: what was said in them was taken from the archive. */
  public void lost(long deliveries) {
    lostDeliveries.increment(deliveries);
  }

  /** So many bytes of media were received, and are kept. */
  public void mediaReceived(long bytes) {
    mediaBytes.increment(bytes);
  }

  /** An upload became whole. */
  public void mediaUploaded() {
    mediaUploads.increment();
  }

  /** A step on a medium took so long. */
  public void mediaProcessed(Duration took) {
    mediaSteps.record(took);
  }

  /** From now on that many media wait. */
  public void mediaWaiting(Supplier<Number> waiting) {
    Gauge.builder("parley.media.waiting", waiting)
        .description("Media that wait for a step on this node")
        .register(registry);
  }

  /** One notification came to this end. */
  public void pushed(String fate) {
    registry.counter("parley.pushes", "fate", fate).increment();
  }

  /** A device's key package was handed out. */
  public void handedOut(boolean lastResort) {
    registry
        .counter("parley.key.packages", "last.resort", Boolean.toString(lastResort))
        .increment();
  }

  public void userStarted() {
    usersActive.incrementAndGet();
  }

  public void userStopped() {
    usersActive.decrementAndGet();
  }

  /** All of them in Prometheus' text format, version 0.0.4. */
  public String text() {
    return registry.scrape();
  }

  /** Lets go of the process: it no longer reports its garbage collections. */
  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
