package parley.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.message.MediaId;
import parley.message.Refusal;
import parley.message.UserId;

/**
 * What is known of a medium.
 *
 * @param sizeBytes how long it was said to be
 * @param parts what is there of it, as it was uploaded
 * @param description empty until it was looked at
 * @param forms what may be had; none until then
 * @param transcoded whether the second step is over; only videos have one
 * @param begun how often a step was begun since one has succeeded
 * @param refusal why it is not kept
 * @param looseSince since when nothing refers to it
 */
public record Facts(
    MediaId id,
    UserId owner,
    Optional<String> name,
    long sizeBytes,
    boolean opaque,
    Instant expiresAt,
    List<Part> parts,
    Optional<Description> description,
    List<Form> forms,
    boolean transcoded,
    int begun,
    Optional<Refusal> refusal,
    List<Reference> references,
    Set<Place> places,
    Instant looseSince) {

  private static final String OPAQUE = "application/octet-stream";

  public Facts {
    parts = List.copyOf(parts);
    forms = List.copyOf(forms);
    references = List.copyOf(references);
    places = Set.copyOf(places);
  }

  /** How far it has got. */
  public enum State {
    UPLOADING,
    PROCESSING,
    READY,
    REFUSED
  }

  static Facts of(MediaId id, MediumEvent.Opened opened) {
    return new Facts(
        id,
        opened.owner(),
        opened.name(),
        opened.sizeBytes(),
        opened.opaque(),
        opened.expiresAt(),
        List.of(),
        Optional.empty(),
        List.of(),
        false,
        0,
        Optional.empty(),
        List.of(),
        Set.of(),
        opened.at());
  }

  public State state() {
    if (refusal.isPresent()) {
      return State.REFUSED;
    }
    if (description.isPresent()) {
      return State.READY;
    }
    return offset() == sizeBytes ? State.PROCESSING : State.UPLOADING;
  }

  /** How many bytes were uploaded. */
  public long offset() {
    return parts.stream().mapToLong(Part::sizeBytes).sum();
  }

  /** The form of that size, if there is one. */
  public Optional<Form> form(String size) {
    return forms.stream().filter(form -> form.size().equals(size)).findAny();
  }

  /** Whether the original may still be replaced. */
  public boolean mayChange() {
    return !transcoded && description.filter(it -> it.kind() == Kind.VIDEO).isPresent();
  }

  /** Whether a message or somebody's picture needs it. */
  public boolean hasReferences() {
    return !references.isEmpty() || !places.isEmpty();
  }

  Facts on(MediumEvent event) {
    return switch (event) {
      case MediumEvent.Opened opened -> throw new IllegalStateException("Opened again: " + id);
      case MediumEvent.PartAdded(Part part, Instant at) -> with(part, at);
      case MediumEvent.Begun begunAgain -> with(description, forms, transcoded, begun + 1);
      case MediumEvent.Described it -> with(Optional.of(it.description()), it.forms(), false, 0);
      case MediumEvent.Refused it -> with(new Refusal(it.failure(), it.detail()));
      case MediumEvent.Transcoded(Optional<Form> original, Instant at) -> transcoded(original);
      case MediumEvent.Referred it -> referred(it.reference());
      case MediumEvent.Carried it -> carried(it);
      case MediumEvent.Dropped it -> dropped(it);
      case MediumEvent.Hung(Place place, Instant at) -> hung(place);
      case MediumEvent.TakenDown it -> takenDown(it);
      case MediumEvent.Removed removed -> throw new IllegalStateException("Removed: " + id);
    };
  }

  private Facts with(Part part, Instant at) {
    var more = new ArrayList<>(parts);
    more.add(part);
    var next = with(more, refusal);
    return next.offset() == sizeBytes ? next.complete(at) : next;
  }

  /** All bytes are there: from now on its time to be sent runs. */
  private Facts complete(Instant at) {
    var complete = with(references, places, at);
    return opaque
        ? complete.with(
            Optional.of(Description.file(OPAQUE)),
            List.of(new Form(Variant.ORIGINAL, OPAQUE, parts)),
            false,
            0)
        : complete;
  }

  private Facts with(Refusal why) {
    return with(List.of(), Optional.of(why)).with(Optional.empty(), List.of(), false, 0);
  }

  private Facts transcoded(Optional<Form> original) {
    var next = new ArrayList<>(forms);
    original.ifPresent(form -> {
      next.removeIf(it -> it.size().equals(form.size()));
      next.add(form);
    });
    var mime = original.map(Form::mime);
    return with(description.map(it -> mime.map(it::typed).orElse(it)), next, true, 0);
  }

  private Facts referred(Reference reference) {
    var more = new ArrayList<>(references);
    more.add(reference);
    return with(more, places, looseSince);
  }

  private Facts carried(MediumEvent.Carried carried) {
    var next =
        references.stream()
            .map(it -> it.isOf(carried.by(), carried.name()) ? it.carriedBy(carried.message()) : it)
            .toList();
    return with(next, places, looseSince);
  }

  private Facts dropped(MediumEvent.Dropped dropped) {
    var left = references.stream().filter(it -> !it.isOf(dropped.by(), dropped.name())).toList();
    return with(left, places, dropped.at());
  }

  private Facts hung(Place place) {
    var more = new HashSet<>(places);
    more.add(place);
    return with(references, more, looseSince);
  }

  private Facts takenDown(MediumEvent.TakenDown down) {
    var left = new HashSet<>(places);
    left.remove(down.place());
    return with(references, left, down.at());
  }

  private Facts with(List<Part> itsParts, Optional<Refusal> why) {
    return new Facts(
        id,
        owner,
        name,
        sizeBytes,
        opaque,
        expiresAt,
        itsParts,
        description,
        forms,
        transcoded,
        begun,
        why,
        references,
        places,
        looseSince);
  }

  private Facts with(
      Optional<Description> described, List<Form> its, boolean transcoded, int attempts) {
    return new Facts(
        id,
        owner,
        name,
        sizeBytes,
        opaque,
        expiresAt,
        parts,
        described,
        its,
        transcoded,
        attempts,
        refusal,
        references,
        places,
        looseSince);
  }

  private Facts with(List<Reference> refers, Set<Place> hangs, Instant loose) {
    return new Facts(
        id,
        owner,
        name,
        sizeBytes,
        opaque,
        expiresAt,
        parts,
        description,
        forms,
        transcoded,
        begun,
        refusal,
        refers,
        hangs,
        loose);
  }
}
