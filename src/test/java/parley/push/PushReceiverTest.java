package parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The receiver that the other tests believe, held against the RFC's own example. */
class PushReceiverTest {

  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  @Test
  void the_example_of_rfc_8291_is_understood() throws Exception {
    var receiver =
        new PushReceiver(
            PushReceiver.privateKey(BASE64.decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")),
            BASE64.decode(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
                    + "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            BASE64.decode("BTBZMqHH6r4Tts7J_aSIgg"));
    var body =
        BASE64.decode(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");

    assertThat(receiver.decrypted(body)).isEqualTo("When I grow up, I want to be a watermelon");
  }
}
