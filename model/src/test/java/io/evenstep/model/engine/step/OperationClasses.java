package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The compiled classes that programs consist of. */
final class OperationClasses {
  private static final List<String> PACKAGES =
      List.of("op", "window", "sequence", "attention", "cell", "loss");
  private static final String ROOT = StepProgram.class.getPackageName();
  private static final Class<?> ROW_LOSS = load(ROOT + ".loss.RowLoss");

  private OperationClasses() {}

  /** Names of the classes that are operations or losses, or that add operations to an assembly. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    all()
        .filter(type -> (isMade(type) && (isOperation(type) || isLoss(type))) || adds(type))
        .forEach(type -> names.add(name(type)));
    return names;
  }

  /** Whether a class is an operation itself, rather than one that adds operations. */
  static boolean isOperation(String name) {
    return all().anyMatch(type -> name(type).equals(name) && isOperation(type));
  }

  /** A class's name within its package. */
  static String name(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1);
  }

  private static boolean isMade(Class<?> type) {
    return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
  }

  private static boolean isOperation(Class<?> type) {
    return Op.class.isAssignableFrom(type);
  }

  private static boolean isLoss(Class<?> type) {
    return ROW_LOSS.isAssignableFrom(type);
  }

  private static boolean adds(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getParameterCount() > 0)
        .anyMatch(method -> method.getParameterTypes()[0] == Assembly.class);
  }

  private static Stream<Class<?>> all() {
    return PACKAGES.stream().flatMap(folder -> in(folder).stream());
  }

  private static List<Class<?>> in(String folder) {
    try (Stream<Path> files = Files.list(root().resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .<Class<?>>map(file -> load(ROOT + "." + folder + "." + file.replace(".class", "")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(StepProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolve(ROOT.replace('.', '/'));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
