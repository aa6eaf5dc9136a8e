package parley.user;

import akka.http.javadsl.model.StatusCode;
import akka.kafka.ConsumerSettings;
import com.datastax.oss.driver.api.core.CqlSession;
import com.nimbusds.jose.JWSHeader;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.zerodeplibs.webpush.PushMessage;
import org.apache.kafka.clients.producer.Producer;
import org.rocksdb.RocksDB;
import parley.http.Api;
import parley.media.MediaSettings;
import parley.message.PlantedInMessage;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Breaks the rules for its package, for ArchitectureTest to find. */
public final class PlantedInUser {

  public PlantedInMessage back;
  public Api edge;
  public StatusCode akka;
  public RocksDB rocks;
  public Producer<String, String> kafka;
  public ConsumerSettings<String, String> akkaKafka;
  public CqlSession cassandra;
  public JWSHeader jose;
  public PushMessage push;
  public S3AsyncClient s3;
  public MediaSettings media;
  public WebPImageReaderSpi pictures;
}
