package io.evenstep.driver;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the architecture. The driver's class path sees all modules. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.evenstep");

  @Test
  void seesAllThreeModules() {
    for (String module : new String[] {"model", "worker", "driver"}) {
      String root = "io.evenstep." + module;
      assertThat(HOUSE).anyMatch(type -> type.getPackageName().startsWith(root));
    }
  }

  @Test
  void dependsOneWayOnlyFromDriverOverWorkerToModel() {
    holds(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("model")
            .definedBy("io.evenstep.model..")
            .layer("worker")
            .definedBy("io.evenstep.worker..")
            .layer("driver")
            .definedBy("io.evenstep.driver..")
            .whereLayer("driver")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("worker")
            .mayOnlyBeAccessedByLayers("driver")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("worker", "driver"));
  }

  @Test
  void keepsSparkInTheDriver() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.evenstep.driver..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark.."));
  }

  /** Only engines, and what decodes rows, compute with arrays; see src/site/architecture.md. */
  @Test
  void keepsArraysOutOfTheWorker() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("io.evenstep.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.nd4j..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.deeplearning4j.."));
  }

  @Test
  void keepsSocketsAndThreadsOutOfTheModel() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("io.evenstep.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "io.netty..", "java.util.concurrent")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class));
  }

  /** The data that it reads may name any class on the class path and have it instantiated. */
  @Test
  void readsNoSerializedJavaObjects() {
    holds(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.ObjectInput.*|java\\.beans\\.XMLDecoder")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("SerializationUtils"));
  }

  /** They trust a file's contents: which classes to instantiate, how long its arrays are. */
  @Test
  void leavesDl4jsOwnReadersAlone() {
    callsNone("org.deeplearning4j.util.ModelSerializer", "restore.*");
    callsNone("org.deeplearning4j..*Configuration", "from(Json|Yaml)");
    callsNone("org.deeplearning4j.nn..*Network|org.deeplearning4j.nn.graph..*", "load");
    callsNone("org.nd4j.linalg.factory.Nd4j", "read.*|load.*|fromByteArray");
  }

  /**
   * Code that names no locale uses the machine's, which may have other digits and letters. Error
   * Prone finds only some of these calls: no variable formats, no method references.
   */
  @Test
  void namesALocaleWhereverTextDependsOnIt() {
    holds(noClasses().should().accessTargetWhere(dependsOnTheMachinesLocale()));
  }

  private static DescribedPredicate<JavaAccess<?>> dependsOnTheMachinesLocale() {
    return DescribedPredicate.describe(
        "the machine's locale decides",
        access -> {
          String owner = access.getTargetOwner().getName();
          String call = owner + "." + access.getName();
          return call.matches(
                  "java\\.lang\\.String\\.formatted|java\\.util\\.Locale\\.getDefault|java\\.util\\.Scanner\\..*"
                      + "|java\\.text\\.(?!Normalizer).*|java\\.time\\.format\\..*\\.ofLocalized.*")
              || (owner.startsWith("java.")
                  && access.getTarget() instanceof CodeUnitAccessTarget called
                  && takesALocaleToo(called));
        });
  }

  /**
   * Whether the class has the same method or constructor with a locale as first or last parameter.
   */
  private static boolean takesALocaleToo(CodeUnitAccessTarget called) {
    List<Class<?>> given =
        called.getRawParameterTypes().stream().<Class<?>>map(JavaClass::reflect).toList();
    Class<?> owner = called.getOwner().reflect();
    return Stream.concat(Stream.of(owner.getConstructors()), Stream.of(owner.getMethods()))
        .filter(e -> e instanceof Constructor<?> == called.getName().equals("<init>"))
        .filter(e -> e instanceof Constructor<?> || e.getName().equals(called.getName()))
        .map(e -> List.of(e.getParameterTypes()))
        .filter(types -> types.size() == given.size() + 1)
        .anyMatch(
            types ->
                (types.get(0) == Locale.class && types.subList(1, types.size()).equals(given))
                    || (types.get(given.size()) == Locale.class
                        && types.subList(0, given.size()).equals(given)));
  }

  private static void callsNone(String owners, String methods) {
    holds(
        noClasses()
            .should()
            .callMethodWhere(
                target(owner(nameMatching(owners))).and(target(nameMatching(methods)))));
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    holds(slices().matching("io.evenstep.(**)").should().beFreeOfCycles());
  }

  @Test
  void usesEachNameOnce() {
    Map<String, Long> names =
        HOUSE.stream()
            .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));

    assertThat(names.entrySet())
        .allSatisfy(each -> assertThat(each.getValue()).as(each.getKey()).isEqualTo(1));
  }

  @Test
  void keepsPackagesSmall() {
    Map<String, Long> files =
        HOUSE.stream()
            .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(files.entrySet())
        .allSatisfy(each -> assertThat(each.getValue()).as(each.getKey()).isLessThanOrEqualTo(25));
  }

  /** If there are more, some of them belong together and need a name. */
  @Test
  void makesNothingOfMoreThanEightValues() {
    List<JavaConstructor> constructors =
        HOUSE.stream().flatMap(type -> type.getConstructors().stream()).toList();

    assertThat(constructors)
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each.getRawParameterTypes())
                    .as(each.getFullName())
                    .hasSizeLessThanOrEqualTo(8));
  }

  /** An empty module breaks no rule. */
  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }
}
