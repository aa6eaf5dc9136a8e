package parley.user;

import akka.http.javadsl.model.StatusCode;
import com.nimbusds.jose.JWSHeader;
import com.zerodeplibs.webpush.PushMessage;
import org.rocksdb.RocksDB;
import parley.http.Api;
import parley.message.PlantedInMessage;

/** Breaks the rules for its package, for ArchitectureTest to find. */
public final class PlantedInUser {

  public PlantedInMessage back;
  public Api edge;
  public StatusCode akka;
  public RocksDB rocks;
  public JWSHeader jose;
  public PushMessage push;
}
