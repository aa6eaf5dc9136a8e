package parley.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AsyncAPI document knows the frames of the protocol, and no others. */
class AsyncApiTest {

  private static final Pattern TYPE = Pattern.compile("\"t\":\"([a-z-]+)\"");
  private static final String PLACE =
      "\"conversation\":\"direct:ann:ben\",\"id\":\"01M83XJ8800003WXWTT4W8T8AB\"";
  private static final String AT = "\"at\":\"2026-11-23T10:00:00.000Z\"";

  private static final String[] FROM_CLIENT = {
    "{'t':'attach'}",
    "{'t':'attach','after':7}",
    "{'t':'send','ref':'c-1','to':'ben','text':'hi'}",
    "{'t':'send','ref':'c-1','to':'direct:ann:ben','content':{'type':'text','text':'hi'}}",
    "{'t':'send','ref':'c-1','to':'ben','content':{'type':'sealed','protocol':'mls','epoch':0,"
        + "'kind':'commit','data':'AQID','welcome':'AQID'},'groupInfo':'AQID','suite':1}",
    "{'t':'ack','pos':3}",
    "{'t':'read','conversation':'direct:ann:ben','upTo':'01M83XJ8800003WXWTT4W8T8AB'}",
    "{'t':'typing','conversation':'direct:ann:ben','on':true}",
    "{'t':'ping'}",
  };

  private static final String[] FROM_SERVER = {
    "{'t':'hello','user':'ann','device':'phone','pos':9,'from':3,'resume':'complete'}",
    "{'t':'message','pos':4,'message':{PLACE,'from':'ben','sentAt':'2026-11-23T10:00:00.000Z',"
        + "'content':{'type':'text','text':'hi'},'read':false,'pos':4}}",
    "{'t':'receipt','pos':4,'conversation':'direct:ann:ben','by':'ben',"
        + "'delivered':'01M83XJ8800003WXWTT4W8T8AB'}",
    "{'t':'read','pos':4,'conversation':'direct:ann:ben','upTo':'01M83XJ8800003WXWTT4W8T8AB'}",
    "{'t':'edited','pos':4,PLACE,'by':'ben','content':{'type':'text','text':'ho'},AT}",
    "{'t':'deleted','pos':4,PLACE,'by':'ben',AT}",
    "{'t':'reaction','pos':4,PLACE,'by':'ben','emoji':'👍','on':true,AT}",
    "{'t':'caught-up','pos':9}",
    "{'t':'sent','ref':'c-1',PLACE,'sentAt':'2026-11-23T10:00:00.000Z','pos':10}",
    "{'t':'typing','conversation':'direct:ann:ben','user':'ben','on':true}",
    "{'t':'presence','user':'ben','online':false,'lastSeen':'2026-11-23T10:00:00.000Z'}",
    "{'t':'keys-low','suite':1,'remaining':9}",
    "{'t':'error','ref':'c-1','problem':{'type':'/problems/busy','title':'Busy','status':503,"
        + "'detail':'Later','code':'busy','retryable':true}}",
    "{'t':'draining','reconnectAfterMs':500}",
    "{'t':'pong'}",
  };

  private final AsyncApi document = new AsyncApi();

  private static String json(String frame) {
    return frame.replace('\'', '"').replace("PLACE", PLACE).replace("AT", AT);
  }

  private TreeSet<String> validate(String[] frames, boolean fromServer) {
    var types = new TreeSet<String>();
    for (var frame : frames) {
      document.validate(json(frame), fromServer);
      TYPE.matcher(json(frame)).results().limit(1).forEach(it -> types.add(it.group(1)));
    }
    return types;
  }

  @Test
  void every_frame_of_the_protocol_is_in_the_document() {
    assertThat(validate(FROM_CLIENT, false)).isEqualTo(document.types(false));
    assertThat(validate(FROM_SERVER, true)).isEqualTo(document.types(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'t':'shout'}",
        "{'t':'pong','extra':1}",
        "{'t':'caught-up'}",
        "{'t':'caught-up','pos':'9'}",
        "{'t':'attach'}",
        "not json",
      })
  void another_frame_is_not(String frame) {
    assertThatThrownBy(() -> document.validate(json(frame), true))
        .isInstanceOf(AssertionError.class);
  }
}
