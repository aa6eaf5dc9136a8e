package parley.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.group.PlantedInGroup;
import parley.keys.PlantedInKeys;
import parley.message.PlantedInMessage;
import parley.user.PlantedInUser;

/**
 * The rules between packages. Each comes with a class in the test tree that breaks it, and is shown
 * to find it: a rule that cannot fail holds nothing.
 */
class ArchitectureTest {

  /** What of {@code user} is the actor, and not a value. */
  private static final Pattern ACTOR_OF_USER =
      Pattern.compile(
          "parley\\.user\\.(User|Users|UserCommand|UserReply|UserDoor|Room|HandOver|Recipients|Listeners"
              + "|MailboxReader|GroupPosts|GroupMarks|UnfinishedGroups|LostDeliveries"
              + "|\\w+Handlers)(\\$.*)?");

  /** What of {@code group} is the actor, and not a value. */
  private static final Pattern ACTOR_OF_GROUP =
      Pattern.compile(
          "parley\\.group\\.(Group|Groups|GroupCommand|GroupReply|Room|HandOver|\\w+Handlers)"
              + "(\\$.*)?");

  private static JavaClasses product;

  /** A rule and a class that breaks it. */
  private record Rule(ArchRule rule, Class<?> breach) {

    @Override
    public String toString() {
      return rule.getDescription();
    }
  }

  @BeforeAll
  static void read() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("parley");
  }

  static Stream<Rule> rules() {
    return Stream.of(
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("parley.message..")
                .should()
                .dependOnClassesThat(
                    resideInAPackage("parley..").and(resideInAPackage("parley.message..").negate()))
                .as("the vocabulary knows nothing else of Parley"),
            PlantedInMessage.class),
        new Rule(
            noClasses()
                .that()
                .resideInAnyPackage("parley.distribution..", "parley.archive..", "parley.message..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("parley.user..", "parley.group.."))
                .as("seams do not know the actors that use them"),
            PlantedInMessage.class),
        new Rule(
            noClasses()
                .that()
                .resideOutsideOfPackages("parley", "parley.http..", "parley.socket..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("parley.http..", "parley.socket.."))
                .as("nothing but the node knows the edge"),
            PlantedInUser.class),
        only("akka.http..", List.of("parley.http..", "parley.socket.."), PlantedInUser.class),
        only("org.apache.kafka..", List.of("parley.distribution.."), PlantedInUser.class),
        only("akka.kafka..", List.of("parley.distribution.."), PlantedInUser.class),
        only("org.rocksdb..", List.of("parley.embedded.."), PlantedInUser.class),
        only("com.datastax.oss..", List.of("parley.archive.."), PlantedInUser.class),
        only("com.nimbusds..", List.of("parley.account.."), PlantedInUser.class),
        only("com.zerodeplibs..", List.of("parley.push.."), PlantedInUser.class),
        only("software.amazon..", List.of("parley.media.."), PlantedInUser.class),
        new Rule(
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    "parley",
                    "parley.http..",
                    "parley.socket..",
                    "parley.wire..",
                    "parley.cluster..",
                    "parley.media..")
                .should()
                .dependOnClassesThat(resideInAPackage("parley.media.."))
                .as("media stand above users and groups, which know nothing of them"),
            PlantedInUser.class),
        only("com.twelvemonkeys..", List.of("parley.media.processing.."), PlantedInUser.class),
        new Rule(
            classes()
                .that()
                .resideInAPackage("parley.user..")
                .and(ArchitectureTest.isValue())
                .should()
                .onlyDependOnClassesThat(resideInAPackage("akka..").negate())
                .as("the values of a user know no Akka"),
            PlantedInUser.class),
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("parley.group..")
                .should()
                .dependOnClassesThat(
                    resideInAPackage("parley..")
                        .and(
                            resideOutsideOfPackages(
                                "parley.group..",
                                "parley.distribution..",
                                "parley.archive..",
                                "parley.intake..",
                                "parley.message..")))
                .as("groups know seams and the vocabulary, and nothing of users"),
            PlantedInGroup.class),
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("parley.keys..")
                .should()
                .dependOnClassesThat(
                    resideInAPackage("parley..")
                        .and(
                            resideOutsideOfPackages(
                                "parley.keys..", "parley.journal..", "parley.message..")))
                .as("encryption knows the journal and the vocabulary"),
            PlantedInKeys.class),
        new Rule(
            classes()
                .that()
                .resideInAPackage("parley.group..")
                .and(
                    DescribedPredicate.describe(
                        "are values", type -> !ACTOR_OF_GROUP.matcher(type.getName()).matches()))
                .should()
                .onlyDependOnClassesThat(resideInAPackage("akka..").negate())
                .as("the values of a group know no Akka"),
            PlantedInGroup.class));
  }

  private static Rule only(String library, List<String> packages, Class<?> breach) {
    return new Rule(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages.toArray(String[]::new))
            .should()
            .dependOnClassesThat(resideInAPackage(library))
            .as(library + " is known in " + packages + " only"),
        breach);
  }

  private static DescribedPredicate<JavaClass> isValue() {
    return DescribedPredicate.describe(
        "are values", type -> !ACTOR_OF_USER.matcher(type.getName()).matches());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_product_keeps_the_rule(Rule rule) {
    rule.rule().check(product);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_rule_finds_a_breach(Rule rule) {
    var planted = new ClassFileImporter().importClasses(rule.breach());

    assertThat(rule.rule().evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void packages_have_no_cycle() {
    slices().matching("parley.(*)..").should().beFreeOfCycles().check(product);
  }

  @Test
  void the_search_for_cycles_finds_one() {
    var planted =
        new ClassFileImporter().importClasses(PlantedInMessage.class, PlantedInUser.class);

    assertThat(
            slices()
                .matching("parley.(*)..")
                .should()
                .beFreeOfCycles()
                .evaluate(planted)
                .hasViolation())
        .isTrue();
  }
}
