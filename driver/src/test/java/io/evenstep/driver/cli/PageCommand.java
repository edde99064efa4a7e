package io.evenstep.driver.cli;

import io.evenstep.driver.cluster.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that a page tells its reader to type.
 *
 * @param page relative to the checkout
 * @param words as a shell splits them, without the settings before the program
 */
record PageCommand(String page, List<String> words) {
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINE = Pattern.compile("(?m)^[$>] +((?:.*\\\\\n)*.*)$");
  private static final Pattern WORD = Pattern.compile("(?:'([^']*)'|\"([^\"]*)\"|([^\\s'\"]))+");
  private static final Pattern SETTING = Pattern.compile("[A-Z_]+=.*");

  /** The commands of all pages, in order. */
  static List<PageCommand> all() throws IOException {
    Path root = Built.root();
    List<PageCommand> commands = new ArrayList<>();
    try (Stream<Path> site = Files.walk(root.resolve("src/site"))) {
      for (Path page : site.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        commands.addAll(of(root.relativize(page).toString()));
      }
    }
    for (String page : List.of("README.md", "src/examples/README.md")) {
      commands.addAll(of(page));
    }
    return commands;
  }

  /** The commands of a page, in order. */
  static List<PageCommand> of(String page) throws IOException {
    List<PageCommand> commands = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(Built.root().resolve(page)));
    while (blocks.find()) {
      Matcher lines = LINE.matcher(blocks.group(1));
      while (lines.find()) {
        commands.add(new PageCommand(page, words(lines.group(1).replace("\\\n", " "))));
      }
    }
    return commands;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher all = WORD.matcher(line.replaceFirst("\\s#\\s.*$", ""));
    while (all.find()) {
      String word = all.group().replaceAll("['\"]", "");
      if (!words.isEmpty() || !SETTING.matcher(word).matches()) {
        words.add(word);
      }
    }
    return words;
  }

  /** Whether it is one of Evenstep's own commands. */
  boolean isEvenstep() {
    return words.get(0).endsWith("/evenstep");
  }

  /** The words after the program's name. */
  List<String> arguments() {
    return words.subList(1, words.size());
  }

  @Override
  public String toString() {
    return page + ": " + String.join(" ", words);
  }
}
